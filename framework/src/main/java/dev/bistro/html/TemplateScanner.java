package dev.bistro.html;

import dev.bistro.html.HtmlTemplate.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads a template as a browser reads the page, to know what each {@code {}} would be there. Where that could be read in two ways, the template is
 * refused. Used once.
 *
 * <pre>
 * CONTENT ── &lt;a ──▶ TAG_NAME ──▶ IN_TAG ◀──▶ ATTRIBUTE_NAME ── = ──▶ BEFORE_VALUE ── " or ' ──▶ VALUE ──▶ IN_TAG
 *    ▲ ▲                             │                                      └── else ──▶ UNQUOTED ──▶ IN_TAG
 *    │ └───────────── &gt; ─────────────┘
 *    └── COMMENT, DECLARATION, and RAW (the content of script and its kin, up to their end tag)
 * </pre>
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/parsing.html#tokenization">HTML, section 13.2.5</a>
 */
final class TemplateScanner {
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
    private final List<Piece> pieces = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();

    private State state = State.CONTENT;
    private int at;
    private boolean isEndTag;
    private String element = ""; // of the tag, or the content that is RAW
    private String attribute = "";
    private int attributeStart; // in the literal
    private char quote;
    private String before = ""; // what the value has so far, but for what was put in
    private Slot last; // in this value
    private boolean isRefresh; // a meta with http-equiv
    private boolean hasContentSlot;

    TemplateScanner(String source) {
        this.source = source;
    }

    HtmlTemplate scan() {
        while (at < source.length()) {
            if (source.startsWith("{}", at)) {
                slot();
                at += 2;
            } else {
                step(source.charAt(at));
            }
        }
        if (state != State.CONTENT) {
            throw refused(state == State.RAW ? "it ends within <" + element + ">" : "it ends within a tag or comment");
        }
        return new HtmlTemplate(source, pieces, literal.toString());
    }

    private void step(char c) {
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

    /** Takes one character, which leads to a state. */
    private void go(State next) {
        literal.append(source.charAt(at++));
        state = next;
    }

    private void content(char c) {
        if (c != '<') {
            go(State.CONTENT);
        } else if (source.startsWith("<!--", at)) {
            if (source.startsWith("<!-->", at) || source.startsWith("<!--->", at)) {
                throw refused("a comment that is empty may be read in two ways");
            }
            literal.append("<!--");
            at += 4;
            state = State.COMMENT;
        } else if (source.startsWith("<![", at)) {
            throw refused("<![ may be read in two ways");
        } else if (source.startsWith("<!", at) || source.startsWith("<?", at)) {
            go(State.DECLARATION);
        } else {
            openTag();
        }
    }

    private void openTag() {
        isEndTag = source.startsWith("</", at);
        int name = at + (isEndTag ? 2 : 1);
        if (name >= source.length() || !isLetter(source.charAt(name))) {
            throw refused("a < that begins no tag is written &lt;");
        }
        literal.append(source, at, name);
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
            attributeStart = literal.length();
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
            before = "";
            last = null;
            quote = c;
            go(c == '"' || c == '\'' ? State.VALUE : State.UNQUOTED);
        }
    }

    private void value(char c) {
        if (c == quote) {
            if (isAddress() && !Addresses.isSafeLiteral(before)) {
                throw refused("an address of that kind takes no values");
            }
            go(State.IN_TAG);
            return;
        }
        if (last == Slot.ADDRESS && before.isEmpty() && "/?#".indexOf(c) < 0) {
            throw refused("after a value that is an address there can only be a /, a ? or a #");
        }
        before += c;
        go(State.VALUE);
    }

    private boolean isAddress() {
        return last == Slot.ADDRESS || last != null && last.isAddressPart();
    }

    private void unquoted(char c) {
        if (c == '>') {
            endTag();
        } else {
            go(isSpace(c) ? State.IN_TAG : State.UNQUOTED);
        }
    }

    /** The content of an element in which a browser finds no tag but its end. */
    private void raw(char c) {
        if (c != '<') {
            go(State.RAW);
        } else if (isEndOf(element)) {
            openTag();
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

    private void slot() {
        switch (state) {
            case CONTENT -> add(Slot.CONTENT, "");
            case RAW -> add(rawSlot(), "");
            case VALUE -> valueSlot();
            case BEFORE_VALUE, UNQUOTED ->
                throw refused("the value of the attribute " + attribute + " has to be in quotes");
            case COMMENT, DECLARATION -> throw refused("a comment or declaration takes no values");
            default -> throw refused("names of elements and attributes can't be values");
        }
    }

    private Slot rawSlot() {
        if (RAW_TEXT.contains(element)) {
            return Slot.TEXT;
        }
        throw refused("<" + element + "> takes no values in it: no escaping is safe there");
    }

    private void valueSlot() {
        Slot slot;
        try {
            slot = AttributeRules.slot(element, attribute, before);
        } catch (IllegalArgumentException e) {
            throw refused(e.getMessage());
        }
        if (last == Slot.ADDRESS && before.isEmpty()) {
            throw refused("after a value that is an address there can only be a /, a ? or a #");
        }
        hasContentSlot |= attribute.equalsIgnoreCase("content");
        last = slot;
        if (slot == Slot.FLAG) {
            flag();
        } else {
            add(slot, "");
        }
    }

    /** Takes the attribute out of the literal, and passes over the quote at its end. */
    private void flag() {
        if (at + 2 >= source.length() || source.charAt(at + 2) != quote) {
            throw refused("the attribute " + attribute + " is there or not: its value is just {}");
        }
        literal.setLength(attributeStart);
        while (!literal.isEmpty() && isSpace(literal.charAt(literal.length() - 1))) {
            literal.setLength(literal.length() - 1);
        }
        add(Slot.FLAG, " " + attribute);
        at++;
        state = State.IN_TAG;
    }

    private void add(Slot slot, String flag) {
        pieces.add(new Piece(literal.toString(), slot, flag));
        literal.setLength(0);
    }

    private IllegalArgumentException refused(String why) {
        int line =
                1 + (int) source.substring(0, at).chars().filter(c -> c == '\n').count();
        String near = source.substring(at, Math.min(source.length(), at + 20)).replaceAll("\\s+", " ");
        return new IllegalArgumentException("Not a safe template: " + why + " (line " + line + ", before \"" + near
                + "\"): " + HtmlTemplate.shown(source));
    }
}
