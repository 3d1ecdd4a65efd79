package dev.bistro.result;

import dev.bistro.body.BodyCodecs;
import dev.bistro.http.Headers;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.startup.Problems;
import dev.bistro.types.ResolvedMethod;
import dev.bistro.types.Types;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides at startup how the results of a method are written, by its return type and its annotations.
 *
 * <pre>{@code
 * new ResultWriterFactory(StandardCodecs.create(), problems).create(method)   // of: @Get String hello()
 *         .orElseThrow().write(request, "Hello");                             // 200, text/plain;charset=utf-8
 * }</pre>
 */
public final class ResultWriterFactory {
    private final ValueWriterFactory values;
    private final ResultProblems faults;
    private final Problems problems;

    /** Writes by these codecs; faults of methods are added to the problems. */
    public ResultWriterFactory(BodyCodecs codecs, Problems problems) {
        this.problems = problems;
        this.faults = new ResultProblems(codecs);
        this.values = new ValueWriterFactory(codecs, problems);
    }

    /**
     * How the results of a method that handles no route are written: a filter's, for instance. It has one media type,
     * the first of its own, and annotations of its class that are about responses don't count for it. Empty if nothing
     * writes them, and then the problems say why.
     */
    public Optional<ResultWriter> create(ResolvedMethod method) {
        return answer(method).map(Representation::writer);
    }

    /** The same with what it answers. */
    public Optional<Representation> answer(ResolvedMethod method) {
        return representations(method, method.method()).stream().findFirst();
    }

    /**
     * How the results of a method are written: in one way, or in one for each media type of {@code @Produces}, in the
     * order of that. Empty if nothing writes them, and then the problems say why.
     */
    public List<Representation> representations(ResolvedMethod method) {
        return representations(method, method.bearer(dev.bistro.annotation.Status.class));
    }

    private List<Representation> representations(ResolvedMethod resolved, AnnotatedElement withStatus) {
        Method method = resolved.method();
        int before = problems.found().size();
        var reader = new ResponseAnnotationReader(problems);
        ResponseAnnotations annotations = reader.read(resolved, withStatus);
        Type type = resolved.returnType();
        var representations = new ArrayList<Representation>();
        for (ResponseAnnotations each : annotations.forEach(reader.produces(resolved))) {
            values.create(each, type)
                    .ifPresentOrElse(
                            writer -> representations.add(representation(each, type, writer)),
                            () -> problems.add(faults.unwritable(method, type, each)));
        }
        annotations
                .status()
                .filter(status -> forbidsBodyOf(status, type))
                .ifPresent(status -> problems.add(ResultProblems.bodyNotAllowed(method, type, status)));
        LostHeaders.find(type).ifPresent(lost -> problems.add(ResultProblems.lostHeader(method, lost)));
        boolean isHashed = ETagAnnotation.isOn(method, type, problems);
        if (problems.found().size() > before) {
            return List.of();
        }
        return isHashed
                ? representations.stream().map(ResultWriterFactory::hashed).toList()
                : representations;
    }

    private static Representation representation(ResponseAnnotations annotations, Type type, ValueWriter writer) {
        Status usual = isVoid(Types.raw(type)) ? Status.NO_CONTENT : Status.OK;
        Status status = annotations.status().orElse(usual);
        return new Representation(
                writer.mediaType().or(annotations::produces),
                (request, result) -> writer.write(request, status, Headers.empty(), result),
                writer.described().of(status, annotations.headers()));
    }

    private static Representation hashed(Representation plain) {
        return new Representation(
                plain.mediaType(),
                ETagAnnotation.hashed(plain.writer()),
                plain.described().withETag());
    }

    private static boolean forbidsBodyOf(Status status, Type type) {
        Class<?> raw = Types.raw(type);
        return status.forbidsBody() && !isVoid(raw) && raw != Response.class && !Payload.class.isAssignableFrom(raw);
    }

    private static boolean isVoid(Class<?> type) {
        return type == void.class || type == Void.class;
    }

    /**
     * Whether the results of a method have a status of their own: by {@code @Status} on the method or on all types that
     * they may have, or because they are responses or problems.
     */
    public boolean saysStatus(ResolvedMethod method) {
        return method.method().isAnnotationPresent(dev.bistro.annotation.Status.class)
                || Outcomes.haveStatus(method.returnType());
    }
}
