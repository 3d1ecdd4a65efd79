package dev.bistro.http;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Header fields in one array: name, value, name, value. All of them are checked, so that they can be written to a
 * socket.
 */
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
        String[] checked = namesAndValues.clone();
        for (int i = 0; i < checked.length; i += 2) {
            check(checked, i);
        }
        return new FieldList(checked);
    }

    static FieldList copyOf(Headers headers) {
        if (headers instanceof FieldList list) {
            return list;
        }
        var copied = new String[headers.size() * 2];
        for (int i = 0; i < copied.length; i += 2) {
            copied[i] = headers.name(i / 2);
            copied[i + 1] = headers.value(i / 2);
            check(copied, i);
        }
        return new FieldList(copied);
    }

    FieldList append(String name, String value) {
        String[] longer = Arrays.copyOf(namesAndValues, namesAndValues.length + 2);
        longer[namesAndValues.length] = name;
        longer[namesAndValues.length + 1] = value;
        check(longer, namesAndValues.length);
        return new FieldList(longer);
    }

    /** These fields without those of other ones' names, and the others. */
    FieldList replacedBy(FieldList others) {
        if (namesAndValues.length == 0) {
            return others;
        }
        var all = new String[namesAndValues.length + others.namesAndValues.length];
        int end = 0;
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (others.indexOf(namesAndValues[i], 0) < 0) {
                all[end++] = namesAndValues[i];
                all[end++] = namesAndValues[i + 1];
            }
        }
        System.arraycopy(others.namesAndValues, 0, all, end, others.namesAndValues.length);
        end += others.namesAndValues.length;
        return new FieldList(end == all.length ? all : Arrays.copyOf(all, end));
    }

    /** The fields whose index passes the test. */
    FieldList keep(IntPredicate which) {
        var kept = new String[namesAndValues.length];
        int end = 0;
        for (int i = 0; i < size(); i++) {
            if (which.test(i)) {
                kept[end++] = name(i);
                kept[end++] = value(i);
            }
        }
        return end == kept.length ? this : new FieldList(Arrays.copyOf(kept, end));
    }

    private static void check(String[] namesAndValues, int at) {
        String name = Tokens.requireToken("header name", namesAndValues[at]);
        namesAndValues[at + 1] = Tokens.requireFieldValue("header " + name, namesAndValues[at + 1])
                .strip();
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

    @Override
    public int indexOf(String name, int from) {
        for (int i = 2 * from; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i].equalsIgnoreCase(name)) {
                return i / 2;
            }
        }
        return -1;
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
