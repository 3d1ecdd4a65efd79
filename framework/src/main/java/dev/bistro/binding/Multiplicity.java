package dev.bistro.binding;

/** How a parameter's type holds its values: as one, as one or none, or as many. */
interface Multiplicity {
    /** One value that has to be there. */
    Multiplicity ONE = new Multiplicity() {
        @Override
        public ParameterBinder binder(ValueSource source, Conversion conversion) {
            return new RequiredBinder(source, conversion);
        }

        @Override
        public ParameterBinder binder(ValueSource source, Conversion conversion, Object defaultValue) {
            return new DefaultBinder(source, conversion, defaultValue);
        }
    };

    /** Binds from a source. */
    ParameterBinder binder(ValueSource source, Conversion conversion);

    /** Binds from a source, with a value for requests that have none; asked for only where {@link #hasUseForDefault}. */
    ParameterBinder binder(ValueSource source, Conversion conversion, Object defaultValue);

    /** Whether a default would ever be used. */
    default boolean hasUseForDefault() {
        return true;
    }
}
