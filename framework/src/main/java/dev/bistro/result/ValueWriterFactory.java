package dev.bistro.result;

import dev.bistro.body.BodyCodecs;
import dev.bistro.body.BodyWriter;
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
import java.util.function.Function;
import java.util.stream.Stream;

/** Chooses the writer for values of a type: by the first row of a table whose type is the value's or a supertype. */
final class ValueWriterFactory {
    private record Row(Class<?> type, Choice choice) {}

    /** Makes the writer for a type that a row is for; empty if nothing writes it. */
    @FunctionalInterface
    private interface Choice {
        Optional<ValueWriter> choose(ResponseAnnotations annotations, Type type);
    }

    /** Types that are never given to a codec: JSON would show their internals, or where they are. */
    private static final List<Class<?>> NEVER_ENCODED = List.of(Reader.class, File.class, Future.class);

    private final List<Row> table = List.of(
            always(void.class, annotations -> ContentWriters.noBody(annotations.headers())),
            always(Void.class, annotations -> ContentWriters.noBody(annotations.headers())),
            new Row(Response.class, this::response),
            new Row(Optional.class, this::optional),
            new Row(CompletionStage.class, this::pending),
            always(InputStream.class, ContentWriters::inputStream),
            new Row(Iterator.class, this::sequence),
            new Row(Stream.class, this::sequence),
            always(Path.class, ContentWriters::path),
            always(FileResponse.class, ContentWriters::fileResponse),
            new Row(Feed.class, this::feed),
            new Row(FeedResponse.class, this::feedResponse),
            always(StreamingBody.class, ContentWriters::streamingBody),
            always(Payload.class, ContentWriters::payload),
            new Row(ProblemDetail.class, this::problem),
            new Row(View.class, this::view),
            new Row(Object.class, this::value));

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

    private static Row always(Class<?> type, Function<ResponseAnnotations, ValueWriter> writers) {
        return new Row(type, (annotations, exact) -> Optional.of(writers.apply(annotations)));
    }

    /** Whether values of a type are never given to a codec. */
    static boolean isNeverEncoded(Class<?> type) {
        return NEVER_ENCODED.stream().anyMatch(never -> never.isAssignableFrom(type));
    }

    /** The writer for a type; empty if nothing writes it. */
    Optional<ValueWriter> create(ResponseAnnotations annotations, Type type) {
        Class<?> raw = Types.raw(type);
        return table.stream()
                .filter(row -> row.type.isAssignableFrom(raw) || raw.isPrimitive() && row.type == Object.class)
                .findFirst()
                .flatMap(row -> row.choice.choose(annotations, type));
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
        Optional<Status> status = shape.status()
                .or(() -> shape.isEmpty() && annotations.status().isEmpty() && !inResponse
                        ? Optional.of(Status.NO_CONTENT)
                        : Optional.empty());
        return recordBody(annotations, type, shape)
                .map(content -> wrapped(annotations.origin(), shape, content))
                .map(content -> status.map(own -> WrappingWriters.status(own, inResponse, content))
                        .orElse(content));
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
        ValueWriter versioned = shape.version()
                .map(version -> WrappingWriters.versioned(origin, version, content))
                .orElse(content);
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
        return codecs.writer(type, wanted)
                .map(codec -> ContentWriters.encoded(annotations, codec, describe(type, codec.mediaType())));
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
