package dev.bistro.binding;

/** How a parameter's type holds its values: as one, as one or none, or as many. */
interface Holding {
    /** One value that has to be there. */
    Holding ONE = new Holding() {
        @Override
        public ParameterBinder binder(Source source, Conversion conversion) {
            return new RequiredBinder(source, conversion);
        }

        @Override
        public ParameterBinder binder(Source source, Conversion conversion, Object defaultValue) {
            return new DefaultBinder(source, conversion, defaultValue);
        }
    };

    /** Binds from a source. */
    ParameterBinder binder(Source source, Conversion conversion);

    /** Binds from a source, with a value for requests that have none; asked for only where {@link #hasUseForDefault}. */
    ParameterBinder binder(Source source, Conversion conversion, Object defaultValue);

    /** Whether a default would ever be used. */
    default boolean hasUseForDefault() {
        return true;
    }
}
