package dev.bistro.html;

import java.util.Arrays;
import java.util.Optional;

/** What can be put into a place of a template, and how it is written there. */
enum Slot {
    /** The content of an element. */
    CONTENT {
        @Override
        void write(StringBuilder page, Object value) {
            if (value instanceof Html html) {
                page.append(html);
            } else if (value instanceof Iterable<?> several) {
                several.forEach(one -> write(page, one));
            } else if (value instanceof Object[] several) {
                Arrays.asList(several).forEach(one -> write(page, one));
            } else if (value instanceof Optional<?> optional) {
                optional.ifPresent(one -> write(page, one));
            } else {
                page.append(Escaping.escape(text(value)));
            }
        }
    },

    /** A quoted attribute, or the content of an element that has no elements in it. */
    TEXT {
        @Override
        void write(StringBuilder page, Object value) {
            page.append(Escaping.escape(text(value)));
        }
    },

    /** An address as a whole. */
    ADDRESS {
        @Override
        void write(StringBuilder page, Object value) {
            page.append(Escaping.escape(Addresses.safe(text(value))));
        }
    },

    /** A part of an address. */
    ADDRESS_PART {
        @Override
        void write(StringBuilder page, Object value) {
            page.append(Escaping.percentEncode(text(value), ""));
        }
    },

    /** Of a {@code mailto} address: {@code @} divides a mailbox (RFC 6068, section 2); a comma would begin another. */
    MAILBOX {
        @Override
        void write(StringBuilder page, Object value) {
            page.append(Escaping.percentEncode(text(value), "@"));
        }
    },

    /** Of a {@code tel} address: a plus begins a number (RFC 3966, section 3). */
    PHONE_NUMBER {
        @Override
        void write(StringBuilder page, Object value) {
            page.append(Escaping.percentEncode(text(value), "+"));
        }
    },

    /** The value of an attribute that is there or not, with the attribute before it. */
    FLAG {
        @Override
        void write(StringBuilder page, Object value) {
            throw new IllegalStateException("Whether the attribute is there is decided with its name");
        }
    };

    /** Whether it is a part of an address, and not the whole. */
    boolean isAddressPart() {
        return this == ADDRESS_PART || this == MAILBOX || this == PHONE_NUMBER;
    }

    /** Writes a value into the page. */
    abstract void write(StringBuilder page, Object value);

    private static String text(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(Slot::text).orElse("");
        }
        if (value == null || value instanceof Html || value instanceof Iterable || value instanceof Object[]) {
            throw new IllegalArgumentException(
                    value == null ? "is null" : "is a " + value.getClass().getSimpleName() + ", where a text belongs");
        }
        return value.toString();
    }
}
