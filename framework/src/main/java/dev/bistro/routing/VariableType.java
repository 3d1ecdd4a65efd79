package dev.bistro.routing;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The types that a variable can be given: {@code {id:int}}. A value that isn't of the type (a number that is too large, a day that isn't in
 * the calendar) doesn't match, and without another template the answer is 404.
 */
enum VariableType implements Constraint {
    /** Digits, with {@code -} before them or not, that fit an {@code int}. */
    INT("42") {
        @Override
        public boolean allows(String text, int start, int end) {
            return ValueSyntax.isInteger(text, start, end, Integer.MAX_VALUE);
        }
    },
    /** Digits, with {@code -} before them or not, that fit a {@code long}. */
    LONG("42") {
        @Override
        public boolean allows(String text, int start, int end) {
            return ValueSyntax.isInteger(text, start, end, Long.MAX_VALUE);
        }
    },
    /** Digits, with {@code -} before them or not, and with a fraction or not: {@code 29.99}. */
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
    /** A day of the ISO calendar with a year of four digits: {@code 2024-02-29}. */
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
    /** Letters of ASCII. */
    ALPHA("abc") {
        @Override
        public boolean allows(String text, int start, int end) {
            return ValueSyntax.isAlpha(text, start, end);
        }
    };

    private final String example;

    /** Types of which some value is the same have to have an example of which each is a value: it shows that they overlap. */
    VariableType(String example) {
        this.example = example;
    }

    static Optional<VariableType> named(String name) {
        return Arrays.stream(values()).filter(type -> type.word().equals(name)).findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(VariableType::word).toList();
    }

    private String word() {
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
