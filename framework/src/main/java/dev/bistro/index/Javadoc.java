package dev.bistro.index;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Javadoc comment as the text that descriptions have: Markdown without HTML, with {@code `x`} for {@code {@code x}}.
 *
 * @param text what is before the first block tag
 * @param parameters what is said of parameters and of a record's components, by their names
 * @param result what is said of the result
 */
record Javadoc(String text, Map<String, String> parameters, String result) {
    private static final Pattern BLOCK_TAG = Pattern.compile("(?m)^\\s*@(\\w+)[ \\t]*");
    private static final Pattern INLINE_TAG =
            Pattern.compile("\\{@(\\w+)\\s*((?:[^{}]|\\{(?:[^{}]|\\{[^{}]*\\})*\\})*)\\}");
    private static final Pattern CODE_TAG = Pattern.compile("</?(?:code|tt)>");
    private static final Pattern PARAGRAPH = Pattern.compile("\\s*</?(?:p|ul|ol|pre|dl|table|tr|h[1-6])\\b[^>]*>\\s*");
    private static final Pattern ITEM = Pattern.compile("\\s*<li>\\s*");
    private static final Pattern TAG = Pattern.compile("</?[a-zA-Z][^<>]*>");
    private static final Pattern WITHIN_LINE = Pattern.compile("(?<!\\n)[ \\t]*\\n[ \\t]*(?=[^\\n\\- \\t])");
    private static final Pattern REFERENCE =
            Pattern.compile("([\\w.]*)(#[\\w.]*)?(\\([^)]*\\))?\\s*(.*)", Pattern.DOTALL);

    /** Reads a comment, without its stars. */
    static Javadoc parse(String comment) {
        Matcher tag = BLOCK_TAG.matcher(comment);
        int end = tag.find() ? tag.start() : comment.length();
        String text = markdown(comment.substring(0, end));
        var parameters = new LinkedHashMap<String, String>();
        String result = "";
        while (end < comment.length()) {
            String name = tag.group(1);
            int start = tag.end();
            end = tag.find() ? tag.start() : comment.length();
            String content = comment.substring(start, end).strip();
            if (name.equals("param")) {
                String[] parts = content.split("\\s+", 2);
                parameters.put(parts[0], parts.length > 1 ? markdown(parts[1]) : "");
            } else if (name.equals("return")) {
                result = markdown(content);
            }
        }
        return new Javadoc(text, parameters, result);
    }

    private static String markdown(String html) {
        String text = html;
        for (String before = ""; !before.equals(text); ) { // a tag may be in another
            before = text;
            text = INLINE_TAG
                    .matcher(text)
                    .replaceAll(tag -> Matcher.quoteReplacement(inline(tag.group(1), tag.group(2))));
        }
        text = CODE_TAG.matcher(text).replaceAll("`");
        text = ITEM.matcher(text).replaceAll("\n- ");
        text = PARAGRAPH.matcher(text).replaceAll("\n\n");
        text = TAG.matcher(text.replace("<br>", " ")).replaceAll("");
        text = WITHIN_LINE.matcher(text.replace("\r", "")).replaceAll(" ");
        text = text.replaceAll("\\n\\s*\\n\\s*", "\n\n");
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&nbsp;", " ")
                .replace("&#64;", "@")
                .replace("&amp;", "&")
                .strip();
    }

    private static String inline(String tag, String content) {
        String text = content.strip();
        return switch (tag) {
            case "code", "snippet" -> "`" + escaped(text) + "`";
            case "literal" -> escaped(text);
            case "link", "linkplain", "value" -> reference(text);
            case "return" -> "Returns " + text + ".";
            case "inheritDoc", "docRoot" -> "";
            default -> text;
        };
    }

    /** As entities, so that they aren't taken for tags. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String reference(String text) {
        Matcher parts = REFERENCE.matcher(text);
        if (!parts.matches()) {
            return text;
        }
        if (!parts.group(4).isEmpty()) {
            return parts.group(4);
        }
        String type = parts.group(1).substring(parts.group(1).lastIndexOf('.') + 1);
        String member = parts.group(2) == null ? "" : parts.group(2).substring(1);
        return "`" + type + (type.isEmpty() || member.isEmpty() ? "" : ".") + member + "`";
    }
}
