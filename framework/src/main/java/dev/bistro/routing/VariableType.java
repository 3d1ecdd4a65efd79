package dev.bistro.routing;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The types of variables: {@code {id:int}}. A value that isn't of the type (a number that is too large, a day that
 * isn't in the calendar) doesn't match; without another template the answer is 404.
 */
enum VariableType implements Constraint {
    /** An integer that fits an {@code int}: {@code -42}. */
    INT("42") {
        @Override
        public boolean allows(String text, int start, int end) {
            return ValueSyntax.isInteger(text, start, end, Integer.MAX_VALUE);
        }
    },
    /** An integer that fits a {@code long}. */
    LONG("42") {
        @Override
        public boolean allows(String text, int start, int end) {
            return ValueSyntax.isInteger(text, start, end, Long.MAX_VALUE);
        }
    },
    /** An integer, or one with a fraction: {@code 29.99}. */
    DECIMAL("42") {
        @Override
        public boolean allows(String text, int start, int end) {
            return ValueSyntax.isDecimal(text, start, end);
        }
    },
    /** {@code true} or {@code false}. */
    BOOL("true") {
        @Override
        public boolean allows(String text, int start, int end) {
            return ValueSyntax.is("true", text, start, end) || ValueSyntax.is("false", text, start, end);
        }
    },
    /** A date of the ISO calendar with a year of four digits: {@code 2024-02-29}. */
    DATE("2024-02-29") {
        @Override
        public boolean allows(String text, int start, int end) {
            return ValueSyntax.isDate(text, start, end);
        }
    },
    /** 8-4-4-4-12 hexadecimal digits. */
    UUID("123e4567-e89b-12d3-a456-426614174000") {
        @Override
        public boolean allows(String text, int start, int end) {
            return ValueSyntax.isUuid(text, start, end);
        }
    },
    /** ASCII letters. */
    ALPHA("abc") {
        @Override
        public boolean allows(String text, int start, int end) {
            return ValueSyntax.isAlpha(text, start, end);
        }
    };

    private final String example;

    /**
     * @param example a value; two types with a common value need a common example, which shows that they overlap
     */
    VariableType(String example) {
        this.example = example;
    }

    static Optional<VariableType> named(String name) {
        return Arrays.stream(values()).filter(type -> type.word().equals(name)).findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(VariableType::word).toList();
    }

    /** As it is written in templates. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String shape() {
        return ":" + word();
    }

    @Override
    public List<String> examples() {
        return List.of(example);
    }

    @Override
    public Specificity.Kind kind() {
        return Specificity.Kind.TYPED;
    }
}
