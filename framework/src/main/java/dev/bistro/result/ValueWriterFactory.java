package dev.bistro.result;

import dev.bistro.body.BodyCodecs;
import dev.bistro.body.BodyWriter;
import dev.bistro.body.MediaWriter;
import dev.bistro.description.DescribedResponse;
import dev.bistro.description.DescribedResponse.Content;
import dev.bistro.feed.Feed;
import dev.bistro.feed.FeedResponse;
import dev.bistro.file.FileResponse;
import dev.bistro.html.View;
import dev.bistro.http.MediaType;
import dev.bistro.http.Payload;
import dev.bistro.http.ProblemDetail;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.StreamingBody;
import dev.bistro.startup.Problems;
import dev.bistro.types.Types;
import java.io.File;
import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Chooses the writer for values of a type: by the first row of a table whose type is the value's or a supertype. */
final class ValueWriterFactory {
    /** The table: the types that are looked for, in this order. */
    private enum Row {
        NOTHING(void.class),
        VOID(Void.class),
        RESPONSE(Response.class),
        OPTIONAL(Optional.class),
        PENDING(CompletionStage.class),
        INPUT_STREAM(InputStream.class),
        ITERATOR(Iterator.class),
        STREAM(Stream.class),
        PATH(Path.class),
        FILE(FileResponse.class),
        FEED(Feed.class),
        FEED_RESPONSE(FeedResponse.class),
        STREAMING_BODY(StreamingBody.class),
        PAYLOAD(Payload.class),
        PROBLEM(ProblemDetail.class),
        VIEW(View.class),
        VALUE(Object.class);

        private final Class<?> type;

        Row(Class<?> type) {
            this.type = type;
        }

        /** The row of a type. */
        static Row of(Class<?> raw) {
            for (Row row : values()) {
                if (row.type.isAssignableFrom(raw)) {
                    return row;
                }
            }
            return VALUE; // of a primitive
        }
    }

    /** Types that are never given to a codec: JSON would show their internals, or where they are. */
    private static final List<Class<?>> NEVER_ENCODED = List.of(Reader.class, File.class, Future.class);

    private final BodyCodecs codecs;
    private final Problems problems;
    private final boolean inResponse;
    /** By the type of the items: the same feed is encoded once for all of its routes. */
    private final Map<Type, FeedJson> feeds;

    /** Writes by these codecs; faults of the user's types are added to the problems. */
    ValueWriterFactory(BodyCodecs codecs, Problems problems) {
        this(codecs, problems, false, new ConcurrentHashMap<>());
    }

    /**
     * @param inResponse whether the values are bodies of a {@link Response}, which gives the status
     */
    private ValueWriterFactory(BodyCodecs codecs, Problems problems, boolean inResponse, Map<Type, FeedJson> feeds) {
        this.codecs = codecs;
        this.problems = problems;
        this.inResponse = inResponse;
        this.feeds = feeds;
    }

    /** Whether values of a type are never given to a codec. */
    static boolean isNeverEncoded(Class<?> type) {
        for (Class<?> never : NEVER_ENCODED) {
            if (never.isAssignableFrom(type)) {
                return true;
            }
        }
        return false;
    }

    /** The writer for a type; empty if nothing writes it. */
    Optional<ValueWriter> create(ResponseAnnotations annotations, Type type) {
        return switch (Row.of(Types.raw(type))) {
            case NOTHING, VOID -> Optional.of(ContentWriters.noBody(annotations.headers()));
            case RESPONSE -> response(annotations, type);
            case OPTIONAL -> optional(annotations, type);
            case PENDING -> pending(annotations, type);
            case INPUT_STREAM -> Optional.of(ContentWriters.inputStream(annotations));
            case ITERATOR, STREAM -> sequence(annotations, type);
            case PATH -> Optional.of(ContentWriters.path(annotations));
            case FILE -> Optional.of(ContentWriters.fileResponse(annotations));
            case FEED -> feed(annotations, type);
            case FEED_RESPONSE -> feedResponse(annotations, type);
            case STREAMING_BODY -> Optional.of(ContentWriters.streamingBody(annotations));
            case PAYLOAD -> Optional.of(ContentWriters.payload(annotations));
            case PROBLEM -> problem(annotations, type);
            case VIEW -> view(annotations, type);
            case VALUE -> value(annotations, type);
        };
    }

    private Optional<ValueWriter> response(ResponseAnnotations annotations, Type type) {
        return new ValueWriterFactory(codecs, problems, true, feeds)
                .create(annotations, Types.argument(type))
                .map(content -> WrappingWriters.response(
                        annotations.origin(), content, ContentWriters.noBody(annotations.headers())));
    }

    private Optional<ValueWriter> optional(ResponseAnnotations annotations, Type type) {
        return create(annotations, Types.argument(type))
                .map(content -> WrappingWriters.optional(annotations.origin(), content));
    }

    private Optional<ValueWriter> pending(ResponseAnnotations annotations, Type type) {
        return create(annotations, Types.argument(type))
                .map(content -> WrappingWriters.pending(annotations.origin(), content));
    }

    private Optional<ValueWriter> sequence(ResponseAnnotations annotations, Type type) {
        return SequenceWriter.of(annotations, Types.argument(type), codecs);
    }

    private Optional<ValueWriter> feed(ResponseAnnotations annotations, Type type) {
        boolean isWritable = codecs.json(Types.argument(type)).isPresent();
        return isWritable ? feed(annotations, type, Optional.of(Types.argument(type))) : Optional.empty();
    }

    /** Its functions may make anything of the items, so that their type isn't checked. */
    private Optional<ValueWriter> feedResponse(ResponseAnnotations annotations, Type type) {
        return feed(annotations, type, Optional.empty());
    }

    private Optional<ValueWriter> feed(ResponseAnnotations annotations, Type type, Optional<Type> described) {
        FeedJson json = feeds.computeIfAbsent(Types.argument(type), this::feedJson);
        boolean byApplication = codecs.isBrought(Types.argument(type), MediaType.JSON);
        return FeedWriter.of(annotations, json, described, byApplication);
    }

    private FeedJson feedJson(Type data) {
        BodyWriter any = codecs.anyJson();
        return new FeedJson(codecs.json(data).orElse(any), any);
    }

    private Optional<ValueWriter> problem(ResponseAnnotations annotations, Type type) {
        boolean statusIsGiven = inResponse || annotations.status().isPresent();
        return encoded(annotations, type, List.of(MediaType.PROBLEM_JSON))
                .map(content -> WrappingWriters.problem(statusIsGiven, content));
    }

    /** Asks for HTML by default: a view without a renderer must not become JSON. */
    private Optional<ValueWriter> view(ResponseAnnotations annotations, Type type) {
        List<MediaType> wanted = annotations.wanted();
        return encoded(annotations, type, wanted.isEmpty() ? List.of(MediaType.HTML) : wanted);
    }

    private Optional<ValueWriter> value(ResponseAnnotations annotations, Type type) {
        Class<?> raw = Types.raw(type);
        if (raw == Object.class) {
            return Optional.of(byRuntimeType(annotations, Optional.empty(), ofAnything()));
        }
        if (raw.isSealed()) {
            return Optional.of(sealed(annotations, raw));
        }
        if (raw.isRecord()) {
            return record(annotations, type);
        }
        return isNeverEncoded(raw) ? Optional.empty() : encoded(annotations, type, annotations.wanted());
    }

    /** Anything, which may have a status of its own, too. */
    private static ResultDescription ofAnything() {
        return ResultDescription.of(Content.ANY, Object.class, Optional.empty())
                .map(one -> one.withStatus(Optional.empty(), true));
    }

    /** Writes each outcome as if the method returned nothing else. */
    private ValueWriter sealed(ResponseAnnotations annotations, Class<?> type) {
        var mediaTypes = new LinkedHashSet<MediaType>();
        var described = new ArrayList<ResultDescription>();
        for (Class<?> outcome : Outcomes.of(type)) {
            create(annotations, outcome)
                    .ifPresentOrElse(
                            writer -> {
                                writer.mediaType().ifPresent(mediaTypes::add);
                                described.add(writer.described());
                            },
                            () -> problems.add(new ResultProblems(codecs)
                                    .unwritableOutcome(annotations.origin().place(), outcome, type)));
        }
        Optional<MediaType> common =
                mediaTypes.size() == 1 ? mediaTypes.stream().findFirst() : Optional.empty();
        return byRuntimeType(annotations, common, ResultDescription.together(described));
    }

    private Optional<ValueWriter> record(ResponseAnnotations annotations, Type type) {
        RecordShape shape = RecordShape.of(Types.raw(type), problems);
        Optional<Status> status = shape.status();
        if (status.isEmpty() && shape.isEmpty() && annotations.status().isEmpty() && !inResponse) {
            status = Optional.of(Status.NO_CONTENT);
        }
        Optional<ValueWriter> body = recordBody(annotations, type, shape);
        if (body.isEmpty()) {
            return body;
        }
        ValueWriter content = wrapped(annotations.origin(), shape, body.get());
        return Optional.of(status.isPresent() ? WrappingWriters.status(status.get(), inResponse, content) : content);
    }

    private Optional<ValueWriter> recordBody(ResponseAnnotations annotations, Type record, RecordShape shape) {
        if (shape.isEmpty()) {
            return Optional.of(ContentWriters.noBody(annotations.headers()));
        }
        if (shape.body().isEmpty()) {
            return encoded(annotations, record, annotations.wanted());
        }
        ComponentAccessor body = shape.body().get();
        return create(annotations, Types.resolve(body.type(), Types.variables(record)))
                .map(content -> WrappingWriters.component(annotations.origin(), body, content));
    }

    private static ValueWriter wrapped(ResultOrigin origin, RecordShape shape, ValueWriter content) {
        ValueWriter versioned = shape.version().isPresent()
                ? WrappingWriters.versioned(origin, shape.version().get(), content)
                : content;
        return shape.headers().isEmpty() ? versioned : WrappingWriters.headers(origin, shape.headers(), versioned);
    }

    /**
     * Values whose type is known only when there is one ({@code Object}, {@code Response<?>}) are written by their
     * class. The writer is chosen once for each class, and forgotten with the class.
     *
     * @param mediaType what all of them are written as, if that is known
     */
    private ValueWriter byRuntimeType(
            ResponseAnnotations annotations, Optional<MediaType> mediaType, ResultDescription described) {
        ResultOrigin origin = annotations.origin();
        var writers = new ClassValue<ValueWriter>() {
            @Override
            protected ValueWriter computeValue(Class<?> type) {
                return createAfterStart(annotations, type).orElseThrow(() -> origin.cannotWrite(type));
            }
        };
        return new ValueWriter(
                mediaType,
                (request, status, own, value) ->
                        writers.get(origin.requireValue(value).getClass()).write(request, status, own, value),
                described);
    }

    private Optional<ValueWriter> createAfterStart(ResponseAnnotations annotations, Class<?> type) {
        var faults = new Problems();
        Optional<ValueWriter> writer =
                new ValueWriterFactory(codecs, faults, inResponse, feeds).create(annotations, type);
        return faults.isEmpty() ? writer : Optional.empty();
    }

    private Optional<ValueWriter> encoded(ResponseAnnotations annotations, Type type, List<MediaType> wanted) {
        Optional<MediaWriter> codec = codecs.writer(type, wanted);
        return codec.isPresent()
                ? Optional.of(ContentWriters.encoded(
                        annotations, codec.get(), describe(type, codec.get().mediaType())))
                : Optional.empty();
    }

    private ResultDescription describe(Type type, MediaType mediaType) {
        return ResultDescription.of(new DescribedResponse(
                Optional.empty(),
                false,
                Content.VALUE,
                type,
                Optional.of(mediaType),
                codecs.isBrought(type, mediaType),
                List.of()));
    }
}
