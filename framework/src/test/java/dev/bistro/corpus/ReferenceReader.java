package dev.bistro.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A second reader of requests, to check the server: it uses regular expressions over the whole text, and has no code in
 * common with the server. It knows by the grammar of RFC 9112 where requests begin and end, but none of the rules for
 * what is in them, so it accepts everything that the server may accept, and more.
 */
final class ReferenceReader {
    private static final String TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]++";
    private static final String TEXT = "[\\t\\x20-\\x7e\\x80-\\xff]*+";
    private static final String FIELDS = "((?:" + TOKEN + ":" + TEXT + "\r\n)*+)\r\n";
    private static final Pattern HEAD =
            Pattern.compile("(?:\r\n)*+(" + TOKEN + ") ([\\x21-\\x7e]++) HTTP/1\\.([0-9])\r\n" + FIELDS);
    private static final Pattern CHUNK_LINE = Pattern.compile("([0-9A-Fa-f]{1,15}+)(?:[\\t ]*+;" + TEXT + ")?+\r\n");
    private static final Pattern TRAILER = Pattern.compile(FIELDS);
    private static final Pattern FIELD = Pattern.compile("([^:]++):[\\t ]*+(.*?)[\\t ]*+\r\n");

    /** A request; its body is null if it is incomplete or not in the grammar. */
    record Request(String method, String target, String body) {}

    private final String text;
    private final List<Request> requests = new ArrayList<>();
    private int at;

    private ReferenceReader(String text) {
        this.text = text;
    }

    /** The requests up to the first one whose end is unknown. */
    static List<Request> read(String text) {
        var reader = new ReferenceReader(text);
        boolean another = true;
        while (another) {
            another = reader.readRequest();
        }
        return reader.requests;
    }

    private boolean readRequest() {
        Matcher head = match(HEAD);
        if (head == null) {
            return false;
        }
        List<String> lengths = values(head.group(4), "Content-Length");
        List<String> codings = values(head.group(4), "Transfer-Encoding");
        String body;
        if (lengths.isEmpty() && codings.isEmpty()) {
            body = "";
        } else if (codings.isEmpty() && lengths.size() == 1 && lengths.get(0).matches("[0-9]{1,18}")) {
            body = fixed(Long.parseLong(lengths.get(0)));
        } else if (lengths.isEmpty()
                && codings.size() == 1
                && codings.get(0).equalsIgnoreCase("chunked")
                && !head.group(3).equals("0")) {
            body = chunked();
        } else {
            return false;
        }
        requests.add(new Request(head.group(1), head.group(2), body));
        return body != null;
    }

    private Matcher match(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return null;
        }
        at = matcher.end();
        return matcher;
    }

    private static List<String> values(String fields, String name) {
        return FIELD.matcher(fields)
                .results()
                .filter(field -> field.group(1).equalsIgnoreCase(name))
                .map(field -> field.group(2))
                .toList();
    }

    private String fixed(long length) {
        if (length > text.length() - at) {
            return null;
        }
        String body = text.substring(at, at + (int) length);
        at += (int) length;
        return body;
    }

    private String chunked() {
        var body = new StringBuilder();
        for (Matcher line = match(CHUNK_LINE); line != null; line = match(CHUNK_LINE)) {
            long size = Long.parseLong(line.group(1), 16);
            if (size == 0) {
                return match(TRAILER) == null ? null : body.toString();
            }
            String data = fixed(size);
            if (data == null || !text.startsWith("\r\n", at)) {
                return null;
            }
            body.append(data);
            at += 2;
        }
        return null;
    }
}
