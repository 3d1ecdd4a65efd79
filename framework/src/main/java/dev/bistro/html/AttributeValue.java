package dev.bistro.html;

/**
 * A quoted value of an attribute, as far as the template has been read. Decides how a value that is put into it is
 * written, and refuses what isn't safe by an {@link IllegalArgumentException} with the reason.
 */
final class AttributeValue {
    private final String element;
    private final String attribute;
    private String literal = ""; // the text so far, without slots
    private Slot last;

    AttributeValue(String element, String attribute) {
        this.element = element;
        this.attribute = attribute;
    }

    /** Adds a character of the template. */
    void add(char c) {
        if ("/?#".indexOf(c) < 0) {
            refuseAfterAddress();
        }
        literal += c;
    }

    /** Adds a slot. */
    Slot slot() {
        Slot slot = AttributeRules.slot(element, attribute, literal);
        refuseAfterAddress();
        last = slot;
        return slot;
    }

    private void refuseAfterAddress() {
        if (last == Slot.ADDRESS && literal.isEmpty()) {
            throw new IllegalArgumentException("after a value that is an address there can only be a /, a ? or a #");
        }
    }

    /** Checks the complete value. */
    void end() {
        boolean isAddress = last == Slot.ADDRESS || last != null && last.isAddressPart();
        if (isAddress && !Addresses.isSafeLiteral(literal)) {
            throw new IllegalArgumentException("an address of that kind takes no values");
        }
    }
}
