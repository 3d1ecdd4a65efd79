package dev.bistro.result;

import dev.bistro.description.DescribedError;
import dev.bistro.description.DescribedHeader;
import dev.bistro.description.DescribedResponse;
import dev.bistro.description.DescribedResponse.Content;
import dev.bistro.http.EntityTag;
import dev.bistro.http.Headers;
import dev.bistro.http.MediaType;
import dev.bistro.http.Method;
import dev.bistro.http.Status;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a writer answers with, as it says itself.
 *
 * @param responses with no status where the method gives it, which {@link #of} fills in
 * @param errors that the writer throws
 */
public record ResultDescription(List<DescribedResponse> responses, List<DescribedError> errors) {
    private static final DescribedHeader ETAG = new DescribedHeader("ETag", EntityTag.class, true, Optional.empty());
    private static final DescribedHeader PERHAPS_ETAG =
            new DescribedHeader(ETAG.name(), ETAG.type(), false, Optional.empty());
    private static final List<DescribedHeader> OF_FILES = List.of(
            ETAG,
            new DescribedHeader("Last-Modified", Instant.class, true, Optional.empty()),
            new DescribedHeader("Accept-Ranges", String.class, true, Optional.of("bytes")));

    /** Bodies of one kind, and nothing that goes wrong. */
    static ResultDescription of(Content content, Type type, Optional<MediaType> mediaType) {
        return of(new DescribedResponse(Optional.empty(), false, content, type, mediaType, false, List.of()));
    }

    static ResultDescription of(DescribedResponse response) {
        return new ResultDescription(List.of(response), List.of());
    }

    /** Files: their state is in headers, by which clients ask. */
    public static ResultDescription ofFile(Type type, Optional<MediaType> mediaType) {
        return of(Content.FILE, type, mediaType)
                .map(file -> file.withHeaders(OF_FILES))
                .with(DescribedError.of(Status.NOT_FOUND, "There is no such file."));
    }

    /** The descriptions of several writers, of which a value's class chooses one. */
    static ResultDescription together(List<ResultDescription> all) {
        return new ResultDescription(
                all.stream().flatMap(one -> one.responses.stream()).distinct().toList(),
                all.stream().flatMap(one -> one.errors.stream()).distinct().toList());
    }

    ResultDescription map(UnaryOperator<DescribedResponse> change) {
        return new ResultDescription(responses.stream().map(change).toList(), errors);
    }

    ResultDescription with(DescribedError error) {
        var all = new ArrayList<>(errors);
        all.add(error);
        return new ResultDescription(responses, all);
    }

    /** With an entity tag on what may have one. */
    ResultDescription withETag() {
        return map(response -> response.withHeaders(List.of(ETAG)));
    }

    /**
     * With the status and headers of the method, where a result has none of its own. The headers are for successes.
     *
     * @param usual the status
     */
    public ResultDescription of(Status usual, Headers annotated) {
        return map(response -> {
            Optional<Status> status = response.isStatusChosen()
                    ? response.status()
                    : response.status().or(() -> Optional.of(usual));
            if (status.filter(Status::isError).isPresent()) {
                return response.withStatus(status, response.isStatusChosen());
            }
            var fixed = new ArrayList<DescribedHeader>();
            for (int i = 0; i < annotated.size(); i++) {
                fixed.add(new DescribedHeader(
                        annotated.name(i), String.class, !response.isStatusChosen(), Optional.of(annotated.value(i))));
            }
            List<DescribedHeader> own = response.headers();
            return response.withStatus(status, response.isStatusChosen())
                    .withHeaders(fixed)
                    .withHeaders(own);
        });
    }

    /** What requests of a method are answered with: entity tags and conditions aren't for all. */
    public ResultDescription forRequests(Method method) {
        var found = new ArrayList<DescribedResponse>();
        var faults = new ArrayList<>(errors);
        for (DescribedResponse response : responses) {
            boolean hasTag = response.headers().contains(ETAG);
            boolean isOfChoice = response.status().isEmpty();
            boolean isFile = response.content() == Content.FILE;
            if (!hasTag
                    || !isFile
                            && !Validators.mayHaveTag(method, response.status().orElse(Status.OK))) {
                found.add(hasTag ? response.withoutHeader("ETag") : response);
                continue;
            }
            found.add(isOfChoice ? response.withHeaders(List.of(PERHAPS_ETAG)) : response);
            if (Validators.isRead(method) && response.status().orElse(Status.OK) == Status.OK) {
                if (isFile) {
                    found.add(response.withStatus(Optional.of(Status.PARTIAL_CONTENT), false));
                    faults.add(DescribedError.of(
                            Status.RANGE_NOT_SATISFIABLE, "The file has no such part.", "Content-Range"));
                }
                found.add(DescribedResponse.empty(Status.NOT_MODIFIED).withHeaders(List.of(ETAG)));
                faults.add(
                        DescribedError.of(Status.PRECONDITION_FAILED, "The state isn't the one that was asked for."));
            }
        }
        return new ResultDescription(found.stream().distinct().toList(), faults);
    }
}
