package dev.bistro.result;

import dev.bistro.body.BodyCodecs;
import dev.bistro.body.BodyWriter;
import dev.bistro.body.MediaWriter;
import dev.bistro.http.Accept;
import dev.bistro.http.BytesPayload;
import dev.bistro.http.Headers;
import dev.bistro.http.HttpException;
import dev.bistro.http.MediaType;
import dev.bistro.http.Payload;
import dev.bistro.http.ProblemDetail;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Makes responses of errors: {@code application/problem+json}, or an HTML page for a client that prefers it. A 500
 * never tells more than that the server failed, and the request's id.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
public final class ErrorWriter {
    private static final String FAILURE = "The server failed to answer this request; its log has the cause";

    private static final Headers PROBLEM_HEADERS = headers(MediaType.PROBLEM_JSON);

    /** Those of pages, made when the first is asked for: their policy has a digest, which takes many classes. */
    private static final class OfPages {
        static final Headers HEADERS =
                headers(MediaType.HTML).plus("Content-Security-Policy", ErrorPage.CONTENT_SECURITY_POLICY);
    }

    private final BodyWriter problems;

    /** Writes problems by the JSON codec. */
    public ErrorWriter(BodyCodecs codecs) {
        this.problems = codecs.writer(Map.class, List.of(MediaType.PROBLEM_JSON))
                .map(MediaWriter::writer)
                .orElseThrow(() -> new IllegalArgumentException("No codec for JSON among " + codecs));
    }

    // Without no-store, caches could keep a 404 or 405 for long (RFC 9111, section 4.2.2), but an error is about this
    // request and this moment only.
    private static Headers headers(MediaType contentType) {
        return Headers.of(
                "Content-Type", contentType.toString(),
                "Vary", "Accept",
                "Cache-Control", "no-store");
    }

    /** The response to a request that failed. */
    public Response<Payload> write(Request request, HttpException fault) {
        return write(request, fault, List.of());
    }

    /**
     * The response to a request that failed, with hints for the developer.
     *
     * @param hints lines that only the developer may see; empty outside of development mode
     */
    public Response<Payload> write(Request request, HttpException fault, List<String> hints) {
        ProblemDetail problem = shown(fault).withRequest(request);
        return respond(problem, fault, Accept.of(request).prefersHtml(), hints);
    }

    /** The response to bytes that are no request: {@code write(new HttpException(Status.URI_TOO_LONG, "…"))}. */
    public Response<Payload> write(HttpException fault) {
        return respond(shown(fault), fault, false, List.of());
    }

    private static ProblemDetail shown(HttpException fault) {
        Status status = fault.status();
        return ProblemDetail.of(status == Status.INTERNAL_SERVER_ERROR ? new HttpException(status, FAILURE) : fault);
    }

    private Response<Payload> respond(ProblemDetail problem, HttpException fault, boolean html, List<String> hints) {
        if (problem.status().forbidsBody()) {
            return Response.of(problem.status(), fault.headers(), Payload.NONE);
        }
        byte[] body =
                html ? ErrorPage.of(problem, hints).toString().getBytes(StandardCharsets.UTF_8) : json(problem, hints);
        return Response.of(
                problem.status(),
                with(html ? OfPages.HEADERS : PROBLEM_HEADERS, fault.headers()),
                new BytesPayload(body));
    }

    private byte[] json(ProblemDetail problem, List<String> hints) {
        Map<String, Object> members = problem.members();
        if (!hints.isEmpty()) {
            members.put("development", hints);
        }
        return problems.write(members);
    }

    /** Our headers and the fault's: its {@code Cache-Control} replaces ours, its {@code Content-Type} is dropped. */
    private static Headers with(Headers ours, Headers faults) {
        Headers all = faults.contains("Cache-Control") ? ours.without("Cache-Control") : ours;
        for (int i = 0; i < faults.size(); i++) {
            if (!faults.name(i).equalsIgnoreCase("Content-Type")) {
                all = all.plus(faults.name(i), faults.value(i));
            }
        }
        return all;
    }
}
