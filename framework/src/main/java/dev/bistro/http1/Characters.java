package dev.bistro.http1;

import dev.bistro.http.Tokens;

/** The character classes of a request head, as tables over bytes. */
final class Characters {
    private static final String UNRESERVED_MARKS = "-._~"; // besides letters and digits: RFC 3986, section 2.3
    private static final String SUB_DELIMS = "!$&'()*+,;="; // RFC 3986, section 2.2

    /**
     * A leniency in targets: by RFC 3986, sections 3.3 and 3.4, these are percent-encoded, but browsers send them as
     * they are. {@link RequestHead} allows the backslash in the query only.
     */
    private static final String UNENCODED_IN_TARGET = "[]\\^`{|}";

    /** tchar: RFC 9110, section 5.6.2. */
    static final boolean[] TOKEN = table(Tokens::isTokenChar);

    /** field-vchar, SP and HTAB: RFC 9110, section 5.5. */
    static final boolean[] FIELD_VALUE = table(Tokens::isFieldValueChar);

    /** reg-name without its percent-encoded bytes: RFC 3986, section 3.2.2. */
    static final boolean[] HOST_NAME = table(c -> isLetterOrDigit(c) || isOneOf(UNRESERVED_MARKS + SUB_DELIMS, c));

    /** The characters of a request target: RFC 9112, section 3.2, and {@link #UNENCODED_IN_TARGET}. */
    static final boolean[] TARGET = table(c -> HOST_NAME[c] || isOneOf("/?:@%" + UNENCODED_IN_TARGET, c));

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

    private static boolean isLetterOrDigit(int c) {
        return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    }

    private static boolean isOneOf(String characters, int c) {
        return characters.indexOf(c) >= 0;
    }
}
