package dev.bistro.result;

import dev.bistro.body.BodyCodecs;
import dev.bistro.body.BodyWriter;
import dev.bistro.feed.Feed;
import dev.bistro.feed.FeedResponse;
import dev.bistro.file.FileResponse;
import dev.bistro.html.View;
import dev.bistro.http.Headers;
import dev.bistro.http.MediaType;
import dev.bistro.http.Payload;
import dev.bistro.http.ProblemDetail;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.StreamingBody;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.types.ResolvedMethod;
import dev.bistro.types.TypeNames;
import dev.bistro.types.Types;
import java.io.File;
import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
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

/**
 * Chooses, at startup, how the results of a method are written: by the first row of a table that holds the method's return type.
 *
 * <pre>{@code
 * new ResultWriterFactory(StandardCodecs.create(), problems).create(method)   // of: @Get String hello()
 *         .orElseThrow().write(request, "Hello");                           // 200, text/plain;charset=utf-8
 * }</pre>
 */
public final class ResultWriterFactory {
    /** Return types, subtypes included, and how they are written; empty for not at all. */
    private record Row(Class<?> type, Choice choice) {}

    @FunctionalInterface
    private interface Choice {
        Optional<ValueWriter> choose(Declaration declaration, Type type);
    }

    /** What no codec should be asked for: it would write what the value is made of, or where it lies. */
    private static final List<Class<?>> NO_VALUES = List.of(Reader.class, File.class, Future.class);

    private final List<Row> table = List.of(
            new Row(void.class, (declaration, type) -> Optional.of(new NoBodyWriter(declaration.headers()))),
            new Row(Void.class, (declaration, type) -> Optional.of(new NoBodyWriter(declaration.headers()))),
            new Row(Response.class, this::response),
            new Row(Optional.class, this::optional),
            new Row(CompletionStage.class, this::pending),
            new Row(InputStream.class, (declaration, type) -> Optional.of(StreamWriter.ofInput(declaration))),
            new Row(Iterator.class, this::sequence),
            new Row(Stream.class, this::sequence),
            new Row(Path.class, FileWriter::ofPath),
            new Row(FileResponse.class, FileWriter::ofFile),
            new Row(Feed.class, this::feed),
            new Row(FeedResponse.class, this::feedResponse),
            new Row(StreamingBody.class, (declaration, type) -> Optional.of(StreamWriter.ofCallback(declaration))),
            new Row(Payload.class, ResultWriterFactory::payload),
            new Row(ProblemDetail.class, this::problem),
            new Row(View.class, this::view),
            new Row(Object.class, this::value));

    private final BodyCodecs codecs;
    private final Problems problems;
    private final boolean inResponse;
    /** By what is published: the same feed is encoded once for all of its routes. */
    private final Map<Type, FeedJson> feeds;

    /** Writes by these codecs; what is wrong with a method is added to the problems. */
    public ResultWriterFactory(BodyCodecs codecs, Problems problems) {
        this(codecs, problems, false, new ConcurrentHashMap<>());
    }

    /**
     * @param inResponse whether it is for what a {@link Response} holds, which says the status
     */
    private ResultWriterFactory(BodyCodecs codecs, Problems problems, boolean inResponse, Map<Type, FeedJson> feeds) {
        this.codecs = codecs;
        this.problems = problems;
        this.inResponse = inResponse;
        this.feeds = feeds;
    }

    /**
     * How the results of a method that is no handler are written, as the first of its media types; what its class says
     * of answers isn't meant for it. Empty if that can't be, and then the problems say why.
     */
    public Optional<ResultWriter> create(ResolvedMethod method) {
        return representations(method, method.method()).stream()
                .map(Representation::writer)
                .findFirst();
    }

    /** The same for a method as the class has it that declares it. */
    public Optional<ResultWriter> create(Method method) {
        return create(ResolvedMethod.of(method));
    }

    /**
     * How the results of a method are written: in one way, or in one for each media type of {@code @Produces}, in its order. Empty if that can't be, and then the problems say
     * why.
     */
    public List<Representation> representations(ResolvedMethod method) {
        return representations(method, method.bearer(dev.bistro.annotation.Status.class));
    }

    private List<Representation> representations(ResolvedMethod resolved, AnnotatedElement ofStatus) {
        Method method = resolved.method();
        int before = problems.found().size();
        var reader = new DeclarationReader(problems);
        Declaration declaration = reader.read(resolved, ofStatus);
        Type type = resolved.returnType();
        var representations = new ArrayList<Representation>();
        for (Declaration each : declaration.each(reader.produces(resolved))) {
            choose(each, type)
                    .ifPresentOrElse(
                            writer -> representations.add(representation(each, type, writer)),
                            () -> problems.add(unwritable(method, type, each)));
        }
        declaration
                .status()
                .filter(status -> isContradicted(status, type))
                .ifPresent(status -> problems.add(bodiless(method, type, status)));
        LostHeaders.find(type).ifPresent(lost -> problems.add(lostHeader(method, lost)));
        boolean isHashed = new HashRule(problems).isHashed(method, type);
        if (problems.found().size() > before) {
            return List.of();
        }
        return isHashed
                ? representations.stream().map(ResultWriterFactory::hashed).toList()
                : representations;
    }

    private static Representation hashed(Representation plain) {
        return new Representation(plain.mediaType(), new HashedWriter(plain.writer()));
    }

    /** Whether the results of a method say their status: by {@code @Status} on it or on all that they may be, or as a response or problem. */
    public boolean saysStatus(ResolvedMethod method) {
        return method.method().isAnnotationPresent(dev.bistro.annotation.Status.class)
                || Outcomes.haveStatus(method.returnType());
    }

    private static Representation representation(Declaration declaration, Type type, ValueWriter writer) {
        Status status = declaration.status().orElse(usualStatus(type));
        return new Representation(writer.mediaType().or(declaration::produces), withStatus(status, writer));
    }

    private static ResultWriter withStatus(Status status, ValueWriter writer) {
        return (request, result) -> writer.write(request, status, Headers.empty(), result);
    }

    private static Status usualStatus(Type type) {
        return isVoid(Types.raw(type)) ? Status.NO_CONTENT : Status.OK;
    }

    private Optional<ValueWriter> choose(Declaration declaration, Type type) {
        Class<?> raw = Types.raw(type);
        return table.stream()
                .filter(row -> row.type.isAssignableFrom(raw) || raw.isPrimitive() && row.type == Object.class)
                .findFirst()
                .flatMap(row -> row.choice.choose(declaration, type));
    }

    private Optional<ValueWriter> response(Declaration declaration, Type type) {
        return new ResultWriterFactory(codecs, problems, true, feeds)
                .choose(declaration, Types.argument(type))
                .map(body ->
                        new WholeResponseWriter(declaration.source(), body, new NoBodyWriter(declaration.headers())));
    }

    private Optional<ValueWriter> optional(Declaration declaration, Type type) {
        return choose(declaration, Types.argument(type))
                .map(content -> new OptionalWriter(declaration.source(), content));
    }

    private Optional<ValueWriter> pending(Declaration declaration, Type type) {
        return choose(declaration, Types.argument(type))
                .map(content -> new PendingWriter(declaration.source(), content));
    }

    private Optional<ValueWriter> sequence(Declaration declaration, Type type) {
        return SequenceWriter.of(declaration, Types.argument(type), codecs);
    }

    private Optional<ValueWriter> feed(Declaration declaration, Type type) {
        boolean isWritable = codecs.json(Types.argument(type)).isPresent();
        return isWritable ? feedResponse(declaration, type) : Optional.empty();
    }

    /** What it writes of the items may be anything: only the one who made the response knows. */
    private Optional<ValueWriter> feedResponse(Declaration declaration, Type type) {
        return FeedWriter.of(declaration, feeds.computeIfAbsent(Types.argument(type), this::feedJson));
    }

    private FeedJson feedJson(Type data) {
        BodyWriter any = codecs.anyJson();
        return new FeedJson(codecs.json(data).orElse(any), any);
    }

    private static Optional<ValueWriter> payload(Declaration declaration, Type type) {
        return Optional.of(new PayloadWriter(declaration.source(), declaration.headers(), declaration.produces()));
    }

    private Optional<ValueWriter> problem(Declaration declaration, Type type) {
        boolean statusIsSaid = inResponse || declaration.status().isPresent();
        return encoded(declaration, type, List.of(MediaType.PROBLEM_JSON))
                .map(content -> new ProblemWriter(content, statusIsSaid));
    }

    /** What no renderer writes is not to become JSON. */
    private Optional<ValueWriter> view(Declaration declaration, Type type) {
        List<MediaType> wanted = declaration.wanted();
        return encoded(declaration, type, wanted.isEmpty() ? List.of(MediaType.HTML) : wanted);
    }

    private Optional<ValueWriter> value(Declaration declaration, Type type) {
        Class<?> raw = Types.raw(type);
        if (raw == Object.class) {
            return Optional.of(byRuntimeType(declaration, Optional.empty()));
        }
        if (raw.isSealed()) {
            return sealed(declaration, raw);
        }
        if (raw.isRecord()) {
            return record(declaration, type);
        }
        return isNoValue(raw) ? Optional.empty() : encoded(declaration, type, declaration.wanted());
    }

    /** Each outcome as it would be written if the method returned nothing else. */
    private Optional<ValueWriter> sealed(Declaration declaration, Class<?> type) {
        var mediaTypes = new LinkedHashSet<MediaType>();
        for (Class<?> outcome : Outcomes.of(type)) {
            choose(declaration, outcome)
                    .ifPresentOrElse(
                            writer -> writer.mediaType().ifPresent(mediaTypes::add),
                            () -> problems.add(unwritable(declaration, outcome, type)));
        }
        Optional<MediaType> common =
                mediaTypes.size() == 1 ? mediaTypes.stream().findFirst() : Optional.empty();
        return Optional.of(byRuntimeType(declaration, common));
    }

    private Problem unwritable(Declaration declaration, Class<?> outcome, Class<?> type) {
        return Problem.of(
                        "unwritable-result",
                        "Nothing writes " + Place.name(outcome) + ", which " + Place.name(type) + " may be.")
                .at(declaration.source().place())
                .cure("Tried: " + codecs + ".");
    }

    private Optional<ValueWriter> record(Declaration declaration, Type type) {
        RecordShape shape = RecordShape.of(Types.raw(type), problems);
        ResultOrigin source = declaration.source();
        Optional<ValueWriter> body = shape.isEmpty()
                ? Optional.of(new NoBodyWriter(declaration.headers()))
                : shape.body().isPresent()
                        ? component(declaration, type, shape.body().get())
                        : encoded(declaration, type, declaration.wanted());
        Optional<ValueWriter> versioned = shape.version().isPresent()
                ? body.map(
                        content -> new VersionedWriter(source, shape.version().get(), content))
                : body;
        Optional<ValueWriter> headed = shape.headers().isEmpty()
                ? versioned
                : versioned.map(content -> new HeadersWriter(source, shape.headers(), content));
        Optional<Status> status = shape.status()
                .or(() -> shape.isEmpty() && declaration.status().isEmpty() && !inResponse
                        ? Optional.of(Status.NO_CONTENT)
                        : Optional.empty());
        return status.isEmpty() ? headed : headed.map(content -> new StatusWriter(status.get(), inResponse, content));
    }

    private Optional<ValueWriter> component(Declaration declaration, Type record, ComponentAccessor component) {
        return choose(declaration, Types.resolve(component.type(), Types.variables(record)))
                .map(content -> new ComponentWriter(declaration.source(), component, content));
    }

    private static boolean isNoValue(Class<?> type) {
        return NO_VALUES.stream().anyMatch(no -> no.isAssignableFrom(type));
    }

    private ValueWriter byRuntimeType(Declaration declaration, Optional<MediaType> mediaType) {
        return new RuntimeTypeWriter(
                declaration.source(),
                mediaType,
                type -> late(declaration, type)
                        .orElseThrow(() -> declaration.source().cannotWrite(type)));
    }

    /** How a type is written that is met after the start. */
    private Optional<ValueWriter> late(Declaration declaration, Class<?> type) {
        var faults = new Problems();
        Optional<ValueWriter> writer =
                new ResultWriterFactory(codecs, faults, inResponse, feeds).choose(declaration, type);
        return faults.isEmpty() ? writer : Optional.empty();
    }

    private Optional<ValueWriter> encoded(Declaration declaration, Type type, List<MediaType> wanted) {
        return codecs.writer(type, wanted)
                .map(codec -> new EncodedWriter(declaration.source(), declaration.headers(), codec));
    }

    private static boolean isVoid(Class<?> type) {
        return type == void.class || type == Void.class;
    }

    private static boolean isContradicted(Status status, Type type) {
        Class<?> raw = Types.raw(type);
        return status.forbidsBody() && !isVoid(raw) && raw != Response.class && !Payload.class.isAssignableFrom(raw);
    }

    private Problem unwritable(Method method, Type type, Declaration declaration) {
        String as = declaration.produces().map(mediaType -> " as " + mediaType).orElse("");
        Problem problem = Problem.of("unwritable-result", "Nothing writes " + TypeNames.of(type) + as + ".")
                .at(Place.of(method));
        if (isNoValue(Outcomes.innermost(type))) {
            return problem.cure("Return a value that becomes JSON, a String, a byte[] or a java.nio.file.Path.");
        }
        if (Outcomes.innermost(type) == View.class) {
            return problem.cure(
                    "Write a class that implements TemplateRenderer, which renders views as text/html by a template library.");
        }
        return problem.cure("Tried: " + codecs + ".").cure(cure(type, declaration.produces()));
    }

    private static String cure(Type type, Optional<MediaType> produces) {
        if (produces.isEmpty()) {
            return "JSON shows record components, public fields and getters: there are none.";
        }
        Class<?> innermost = Outcomes.innermost(type);
        if (innermost == Feed.class || innermost == FeedResponse.class) {
            return "A feed is written as " + FeedWriter.mediaTypes() + ".";
        }
        return innermost == String.class
                ? "Text is written in UTF-8: leave the charset away."
                : "Leave @Produces away for JSON, or return a String that is " + produces.get() + " already.";
    }

    private static Problem lostHeader(Method method, RecordComponent lost) {
        String name = Place.name(lost.getDeclaringRecord());
        return Problem.of("lost-header", "A @Header of " + name + " would be lost: it is only a part of the answer.")
                .at(Place.of(lost))
                .at(Place.of(method))
                .cure("Return the " + name + " itself, or take @Header away to have it in the body.");
    }

    private static Problem bodiless(Method method, Type type, Status status) {
        String name = TypeNames.of(type);
        return Problem.of(
                        "status-without-body",
                        "@Status(" + status.code() + ") allows no body, but the method returns " + name + ".")
                .at(Place.of(method))
                .cure("Make it void, or take a status that has a body, such as @Status(200).");
    }
}
