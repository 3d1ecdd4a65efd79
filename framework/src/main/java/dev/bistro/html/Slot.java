package dev.bistro.html;

import java.util.Arrays;
import java.util.Optional;

/** A kind of place for values in a template: which values it takes, and how they are written. */
enum Slot {
    /** In the content of an element. */
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

    /** In a quoted attribute, or in an element that contains text only. */
    TEXT {
        @Override
        void write(StringBuilder page, Object value) {
            page.append(Escaping.escape(text(value)));
        }
    },

    /** A whole address. */
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

    /**
     * A part of a {@code mailto} address: keeps {@code @}, but not the comma, which would begin another mailbox (RFC
     * 6068, section 2).
     */
    MAILBOX {
        @Override
        void write(StringBuilder page, Object value) {
            page.append(Escaping.percentEncode(text(value), "@"));
        }
    },

    /** A part of a {@code tel} address: keeps the plus that begins a number (RFC 3966, section 3). */
    PHONE_NUMBER {
        @Override
        void write(StringBuilder page, Object value) {
            page.append(Escaping.percentEncode(text(value), "+"));
        }
    },

    /** The whole value of a boolean attribute, which is written or left out together with it. */
    FLAG {
        @Override
        void write(StringBuilder page, Object value) {
            throw new IllegalStateException("Whether the attribute is there is decided with its name");
        }
    };

    /** Whether it is a part of an address. */
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
