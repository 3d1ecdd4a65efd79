package dev.bistro.corpus;

import dev.bistro.http.spi.Target.BodyUse;
import dev.bistro.net.ScriptedConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What became of the bytes of one connection.
 *
 * @param received the requests that the application got
 * @param statuses of the final responses; a 100 (Continue) is left out, since it depends on how the bytes were split
 * @param lastResponse the bytes of the last response
 * @param closed whether the server closed the connection
 */
record Outcome(List<Received> received, List<Integer> statuses, String lastResponse, boolean closed) {
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.1 ([2-5]\\d\\d) [A-Za-z ]+\r\n");
    private static final Pattern DATE = Pattern.compile("Date: [^\r]*\r\n");

    static Outcome of(List<Received> received, String written, boolean closed) {
        List<MatchResult> lines = STATUS_LINE.matcher(written).results().toList();
        var statuses = new ArrayList<Integer>();
        lines.forEach(line -> statuses.add(Integer.valueOf(line.group(1))));
        String last = lines.isEmpty()
                ? ""
                : written.substring(lines.get(lines.size() - 1).start());
        return new Outcome(
                List.copyOf(received),
                statuses,
                DATE.matcher(last).replaceAll("").replace(CONTINUE, ""),
                closed);
    }

    private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

    /** Runs in process, with the bytes split at these places. */
    static Outcome of(BodyUse bodyUse, String bytes, int... splits) {
        var pieces = new ArrayList<byte[]>();
        int from = 0;
        for (int split : splits) {
            pieces.add(bytes.substring(from, split).getBytes(StandardCharsets.ISO_8859_1));
            from = split;
        }
        pieces.add(bytes.substring(from).getBytes(StandardCharsets.ISO_8859_1));
        var recorder = new Recorder(bodyUse);
        var connection = new ScriptedConnection(recorder.protocols()).receive(pieces);
        if (connection.mostLeftOver() > Recorder.LIMITS.maxHeadBytes()) {
            throw new IllegalStateException("It keeps " + connection.mostLeftOver() + " bytes");
        }
        return of(recorder.received(), connection.written(), connection.isClosed());
    }
}
