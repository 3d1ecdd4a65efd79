package dev.bistro.http;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** Header fields in one array: name, value, name, value. What comes in by {@link #of} and {@link #append} is checked. */
final class FieldList implements Headers {
    static final FieldList EMPTY = new FieldList(new String[0]);

    private final String[] namesAndValues;

    private FieldList(String[] namesAndValues) {
        this.namesAndValues = namesAndValues;
    }

    static FieldList of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("Names and values come in pairs: the last name has no value");
        }
        for (int i = 0; i < namesAndValues.length; i += 2) {
            check(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new FieldList(namesAndValues.clone());
    }

    static FieldList copyOf(Headers headers, IntPredicate which) {
        if (headers instanceof FieldList list && all(list.size(), which)) {
            return list;
        }
        var copied = new String[headers.size() * 2];
        int end = 0;
        for (int i = 0; i < headers.size(); i++) {
            if (which.test(i)) {
                copied[end++] = headers.name(i);
                copied[end++] = headers.value(i);
            }
        }
        return new FieldList(Arrays.copyOf(copied, end));
    }

    FieldList append(String name, String value) {
        check(name, value);
        String[] longer = Arrays.copyOf(namesAndValues, namesAndValues.length + 2);
        longer[namesAndValues.length] = name;
        longer[namesAndValues.length + 1] = value;
        return new FieldList(longer);
    }

    @Override
    public int size() {
        return namesAndValues.length / 2;
    }

    @Override
    public String name(int index) {
        return namesAndValues[2 * index];
    }

    @Override
    public String value(int index) {
        return namesAndValues[2 * index + 1];
    }

    private static void check(String name, String value) {
        Tokens.requireToken("header name", name);
        Tokens.requireFieldValue(name, value);
    }

    private static boolean all(int size, IntPredicate which) {
        for (int i = 0; i < size; i++) {
            if (!which.test(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (int i = 0; i < size(); i++) {
            text.append(i == 0 ? "" : "\n").append(name(i)).append(": ").append(value(i));
        }
        return text.toString();
    }
}
