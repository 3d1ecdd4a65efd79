package dev.bistro.index;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads and writes the descriptions of a class and of those in it: a line for each, with its key and a tab before. */
final class WordsFile {
    private static final String FOLDER = "META-INF/bistro/descriptions/";
    private static final String HEAD = "# Bistro's descriptions, format 1. Written by the compiler.";

    private WordsFile() {}

    /** The file of a top-level class. */
    static String path(String className) {
        return FOLDER + className + ".txt";
    }

    // ---- keys

    /** A field or a record's component. */
    static String member(String className, String name) {
        return className + "." + name;
    }

    /** A method: {@code com.shop.Products#find(long,java.lang.String)}. */
    static String method(String className, String name, List<String> parameterTypes) {
        return className + "#" + name + "(" + String.join(",", parameterTypes) + ")";
    }

    static String parameter(String method, String name) {
        return method + "@" + name;
    }

    static String result(String method) {
        return method + "@";
    }

    // ---- lines

    static void write(Writer text, Map<String, String> words) throws IOException {
        text.write(HEAD + "\n");
        for (Map.Entry<String, String> one : words.entrySet()) {
            text.write(one.getKey() + "\t" + escaped(one.getValue()) + "\n");
        }
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "");
    }

    /** Reads a file; empty if it isn't one of this format. */
    static Map<String, String> read(BufferedReader text) throws IOException {
        var words = new HashMap<String, String>();
        if (!HEAD.equals(text.readLine())) {
            return words;
        }
        for (String line = text.readLine(); line != null; line = text.readLine()) {
            int tab = line.indexOf('\t');
            if (tab > 0) {
                words.put(line.substring(0, tab), unescaped(line.substring(tab + 1)));
            }
        }
        return words;
    }

    private static String unescaped(String line) {
        var text = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            boolean isEscape = line.charAt(i) == '\\' && i + 1 < line.length();
            char c = isEscape ? line.charAt(++i) : line.charAt(i);
            text.append(isEscape && c == 'n' ? '\n' : c);
        }
        return text.toString();
    }
}
