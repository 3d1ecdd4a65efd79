package dev.bistro.html;

import java.util.Locale;
import java.util.Set;

/**
 * Follows the markup of a template as a browser's tokenizer would, to know what a value would be at each position.
 * Refuses markup that could be read in two ways, by an {@link IllegalArgumentException} with the reason. Used once.
 *
 * <pre>
 * CONTENT ── &lt;a ──▶ TAG_NAME ──▶ IN_TAG ◀──▶ ATTRIBUTE_NAME ── = ──▶ BEFORE_VALUE ── " or ' ──▶ VALUE ──▶ IN_TAG
 *    ▲ ▲                             │                                      └── else ──▶ UNQUOTED ──▶ IN_TAG
 *    │ └───────────── &gt; ─────────────┘
 *    └── COMMENT, DECLARATION, and RAW (the content of script and similar elements, up to their end tag)
 * </pre>
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/parsing.html#tokenization">HTML, section 13.2.5</a>
 */
final class HtmlTokenizer {
    private static final Set<String> RAW =
            Set.of("script", "style", "xmp", "iframe", "noembed", "noframes", "plaintext");
    private static final Set<String> RAW_TEXT = Set.of("title", "textarea");

    private enum State {
        CONTENT,
        RAW,
        COMMENT,
        DECLARATION,
        TAG_NAME,
        IN_TAG,
        ATTRIBUTE_NAME,
        AFTER_NAME,
        BEFORE_VALUE,
        VALUE,
        UNQUOTED
    }

    private final String source;

    private State state = State.CONTENT;
    private int at;
    private boolean isEndTag;
    private String element = ""; // of the tag, or the one whose content is RAW
    private boolean isRefresh; // a meta element with http-equiv
    private boolean hasContentSlot;
    private String attribute = "";
    private int attributeStart;
    private char quote;
    private AttributeValue value; // of the attribute, if it is quoted

    HtmlTokenizer(String source) {
        this.source = source;
    }

    int position() {
        return at;
    }

    boolean isAtEnd() {
        return at >= source.length();
    }

    /** Requires that the template ends where it began, in the content of an element. */
    void requireContent() {
        if (state != State.CONTENT) {
            throw refused(state == State.RAW ? "it ends within <" + element + ">" : "it ends within a tag or comment");
        }
    }

    /** The name of the attribute at this position. */
    String attribute() {
        return attribute;
    }

    /** Where the name of that attribute begins. */
    int attributeStart() {
        return attributeStart;
    }

    // ---- values

    /** The kind of value that this position takes. */
    Slot slot() {
        return switch (state) {
            case CONTENT -> Slot.CONTENT;
            case RAW -> rawSlot();
            case VALUE -> valueSlot();
            case BEFORE_VALUE, UNQUOTED ->
                throw refused("the value of the attribute " + attribute + " has to be in quotes");
            case COMMENT, DECLARATION -> throw refused("a comment or declaration takes no values");
            default -> throw refused("names of elements and attributes can't be values");
        };
    }

    private Slot rawSlot() {
        if (RAW_TEXT.contains(element)) {
            return Slot.TEXT;
        }
        throw refused("<" + element + "> takes no values in it: no escaping is safe there");
    }

    private Slot valueSlot() {
        hasContentSlot |= attribute.equalsIgnoreCase("content");
        return value.slot();
    }

    /** Passes over a placeholder of so many characters. */
    void skip(int length) {
        at += length;
    }

    /** Passes over a placeholder that is the whole value of an attribute, and the quote after it. */
    void skipRestOfFlag(int length) {
        if (at + length >= source.length() || source.charAt(at + length) != quote) {
            throw refused("the attribute " + attribute + " is there or not: its value is just {}");
        }
        at += length + 1;
        state = State.IN_TAG;
    }

    // ---- markup

    /** Reads one character, or a few that belong together. */
    void step() {
        char c = source.charAt(at);
        switch (state) {
            case CONTENT -> content(c);
            case RAW -> raw(c);
            case COMMENT -> comment(c);
            case DECLARATION -> go(c == '>' ? State.CONTENT : State.DECLARATION);
            case TAG_NAME -> tagName(c);
            case IN_TAG, AFTER_NAME -> inTag(c);
            case ATTRIBUTE_NAME -> attributeName(c);
            case BEFORE_VALUE -> beforeValue(c);
            case VALUE -> value(c);
            case UNQUOTED -> unquoted(c);
        }
    }

    /** Passes over one character, to a state. */
    private void go(State next) {
        at++;
        state = next;
    }

    private void content(char c) {
        if (c != '<') {
            go(State.CONTENT);
        } else if (source.startsWith("<!--", at)) {
            if (source.startsWith("<!-->", at) || source.startsWith("<!--->", at)) {
                throw refused("a comment that is empty may be read in two ways");
            }
            at += 4;
            state = State.COMMENT;
        } else if (source.startsWith("<![", at)) {
            throw refused("<![ may be read in two ways");
        } else if (source.startsWith("<!", at) || source.startsWith("<?", at)) {
            go(State.DECLARATION);
        } else {
            beginTag();
        }
    }

    private void beginTag() {
        isEndTag = source.startsWith("</", at);
        int name = at + (isEndTag ? 2 : 1);
        if (name >= source.length() || !isLetter(source.charAt(name))) {
            throw refused("a < that begins no tag is written &lt;");
        }
        at = name;
        element = "";
        isRefresh = false;
        hasContentSlot = false;
        state = State.TAG_NAME;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
    }

    private void comment(char c) {
        boolean ends = c == '>' && (source.startsWith("--", at - 2) || source.startsWith("--!", at - 3));
        go(ends ? State.CONTENT : State.COMMENT);
    }

    private void tagName(char c) {
        if (isSpace(c) || c == '/' || c == '>') {
            inTag(c);
        } else {
            element += Character.toLowerCase(c);
            go(State.TAG_NAME);
        }
    }

    private void inTag(char c) {
        if (c == '>') {
            endTag();
        } else if (isSpace(c) || c == '/') {
            go(state == State.AFTER_NAME && isSpace(c) ? State.AFTER_NAME : State.IN_TAG);
        } else if (c == '=' && state == State.AFTER_NAME) {
            go(State.BEFORE_VALUE);
        } else if (c == '=') {
            throw refused("a = without a name before it may be read in two ways");
        } else {
            attribute = "";
            attributeStart = at;
            attributeName(c);
        }
    }

    private void endTag() {
        if (isRefresh && hasContentSlot) {
            throw refused("a <meta> with http-equiv takes no values: it may lead elsewhere");
        }
        boolean isRaw = !isEndTag && (RAW.contains(element) || RAW_TEXT.contains(element));
        go(isRaw ? State.RAW : State.CONTENT);
    }

    private void attributeName(char c) {
        if (isSpace(c)) {
            go(State.AFTER_NAME);
        } else if (c == '/' || c == '>') {
            inTag(c);
        } else if (c == '=') {
            go(State.BEFORE_VALUE);
        } else {
            attribute += c;
            go(State.ATTRIBUTE_NAME);
        }
        isRefresh |=
                element.equals("meta") && attribute.toLowerCase(Locale.ROOT).equals("http-equiv");
    }

    private void beforeValue(char c) {
        if (isSpace(c)) {
            go(State.BEFORE_VALUE);
        } else if (c == '>') {
            throw refused("the attribute " + attribute + " has no value");
        } else {
            value = new AttributeValue(element, attribute);
            quote = c;
            go(c == '"' || c == '\'' ? State.VALUE : State.UNQUOTED);
        }
    }

    private void value(char c) {
        if (c == quote) {
            value.end();
            go(State.IN_TAG);
        } else {
            value.add(c);
            go(State.VALUE);
        }
    }

    private void unquoted(char c) {
        if (c == '>') {
            endTag();
        } else {
            go(isSpace(c) ? State.IN_TAG : State.UNQUOTED);
        }
    }

    /** Reads the content of an element in which a browser finds no tag but the end tag. */
    private void raw(char c) {
        if (c != '<') {
            go(State.RAW);
        } else if (isEndOf(element)) {
            beginTag();
        } else if (RAW_TEXT.contains(element) || source.startsWith("<!--", at)) {
            throw refused("a < in <" + element + "> may be read in two ways");
        } else {
            go(State.RAW);
        }
    }

    private boolean isEndOf(String name) {
        int end = at + 2 + name.length();
        return source.regionMatches(true, at, "</" + name, 0, 2 + name.length())
                && end < source.length()
                && (isSpace(source.charAt(end)) || source.charAt(end) == '/' || source.charAt(end) == '>');
    }

    private static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException(why);
    }
}
