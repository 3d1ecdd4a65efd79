package dev.bistro.index.json;

/** What all sources have. */
final class Sources {
    private Sources() {}

    /** The first lines of a file. */
    static String head(String packageName) {
        return "// Written by Bistro's annotation processor.\n"
                + (packageName.isEmpty() ? "" : "package " + packageName + ";\n")
                + "\n"
                // what the application's own types may be is nothing that the user can do anything about here
                + "@SuppressWarnings({\"deprecation\", \"removal\", \"rawtypes\", \"unchecked\", \"preview\"})\n";
    }

    /** A text as it is in a source, in ASCII. */
    static String literal(String text) {
        var literal = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                literal.append('\\').append(c);
            } else if (c >= ' ' && c < 0x7f) {
                literal.append(c);
            } else {
                literal.append(String.format("\\u%04x", (int) c));
            }
        }
        return literal.append('"').toString();
    }
}
