package dev.bistro.http1;

import dev.bistro.http.Tokens;

/** The character classes of a request head, as tables over bytes. */
final class Characters {
    /** tchar: RFC 9110, section 5.6.2. */
    static final boolean[] TOKEN = table(Tokens::isTokenChar);

    /** field-vchar, SP and HTAB: RFC 9110, section 5.5. */
    static final boolean[] FIELD_VALUE = table(Tokens::isFieldValueChar);

    /**
     * What a request target may have: visible ASCII but for {@code "}, {@code <}, {@code >} and {@code #}. RFC 3986 would also have
     * {@code \ ^ ` { | }} encoded; browsers send them in queries as they are.
     */
    static final boolean[] TARGET = table(c -> c > ' ' && c < 0x7F && "\"<>#".indexOf(c) < 0);

    private Characters() {}

    private interface CharacterClass {
        boolean contains(int c);
    }

    private static boolean[] table(CharacterClass characters) {
        boolean[] table = new boolean[256];
        for (int c = 0; c < table.length; c++) {
            table[c] = characters.contains(c);
        }
        return table;
    }
}
