package dev.bistro.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bistro.body.BodyReaders;
import dev.bistro.body.FormLimits;
import dev.bistro.http.BadRequestException;
import dev.bistro.startup.Problems;
import dev.bistro.testing.MockRequest;
import dev.bistro.types.ResolvedMethod;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Binds the one method of a local class, with a codec that reads anything, or one that reads nothing. */
final class Bindings {
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)\\*?}");

    /** What the codec that reads anything makes of a body. */
    record ReadBody(Type type, String text) {}

    static final BodyReaders READS_ANYTHING =
            (type, consumes) -> Optional.of(request -> new ReadBody(type, new String(request.body())));
    static final BodyReaders READS_NOTHING = (type, consumes) -> Optional.empty();

    final Problems problems = new Problems();
    final Converters converters = new Converters(problems);
    private final BodyReaders bodies;
    private boolean asksForCertificates = true;

    Bindings() {
        this(READS_ANYTHING);
    }

    Bindings(BodyReaders bodies) {
        this.bodies = bodies;
    }

    /** These, for a server that asks no client for a certificate. */
    Bindings withoutClientCertificates() {
        asksForCertificates = false;
        return this;
    }

    /** A binder of the only method of the class, for a path template. */
    MethodBinder binder(Class<?> controller, dev.bistro.http.Method verb, String template) {
        var methods = Arrays.stream(controller.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .toList();
        assertEquals(1, methods.size(), "One method is to be bound: " + methods);
        return binder(methods.get(0), verb, template);
    }

    MethodBinder binder(Method method, dev.bistro.http.Method verb, String template) {
        return factory().create(ResolvedMethod.of(method), verb, template, variables(template));
    }

    BinderFactory factory() {
        return new BinderFactory(bodies, converters, FormLimits.DEFAULTS, asksForCertificates, problems);
    }

    private static List<String> variables(String template) {
        var names = new ArrayList<String>();
        var matcher = VARIABLE.matcher(template);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    /** The arguments of the only method of the class, which must have no faults. */
    List<Object> bind(Class<?> controller, String template, MockRequest.Builder builder) {
        MockRequest request = builder.build();
        MethodBinder binder = binder(controller, request.method(), template);
        assertEquals(List.of(), problems.found());
        return Arrays.asList(binder.bind(request));
    }

    static List<Object> bind(Class<?> controller, MockRequest.Builder request) {
        return new Bindings().bind(controller, request.build().path(), request);
    }

    /** What the client is told of a request that can't be bound. */
    static BadRequestException rejection(Class<?> controller, MockRequest.Builder request) {
        return assertThrows(BadRequestException.class, () -> bind(controller, request));
    }
}
