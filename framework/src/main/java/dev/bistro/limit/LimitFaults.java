package dev.bistro.limit;

import dev.bistro.annotation.ConcurrencyLimit;
import dev.bistro.annotation.MaxBody;
import dev.bistro.annotation.RateLimit;
import dev.bistro.annotation.Timeout;
import dev.bistro.config.ByteSize;
import dev.bistro.handler.RouteAnnotations;
import dev.bistro.handler.SocketEvent;
import dev.bistro.http.RateLimitKey;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.types.Hierarchy;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Reports limits that are wrong; what is on a class once, and not for each of its routes. */
final class LimitFaults {
    private static final List<Class<? extends Annotation>> OF_METHODS =
            List.of(MaxBody.class, Timeout.class, ConcurrencyLimit.class);

    private final Problems problems;
    private final Set<Problem> reported = new HashSet<>();

    LimitFaults(Problems problems) {
        this.problems = problems;
    }

    private void once(Problem problem) {
        if (reported.add(problem)) {
            problems.add(problem);
        }
    }

    void unreadable(String written, String form, Place place) {
        once(Problem.of("bad-limit", written + " is no limit.").at(place).cure("Write " + form + "."));
    }

    void useless(String annotation, String where, Place place) {
        once(Problem.of("useless-limit", annotation + " limits nothing on " + where + ".")
                .at(place)
                .cure("Remove it, or write it on a method or class whose requests it limits."));
    }

    void aboveServer(String written, BodyKind body, ByteSize most, Place place) {
        once(Problem.of(
                        "max-body-above-server",
                        written + " is more than the " + most + " that the server takes of " + body + ".")
                .at(place)
                .cure("Write a smaller size, or set a larger " + body.setting() + "."));
    }

    void onLoop(Place place) {
        once(Problem.of("timeout-on-loop", "A method has @Timeout, and is @NonBlocking.")
                .at(place)
                .cure("Remove one of them: a method with a timeout runs on a thread of its own,"
                        + " since nothing could interrupt an event loop."));
    }

    void checkKey(RateLimit declared, Place place) {
        if (declared.key() == void.class) {
            return;
        }
        if (!RateLimitKey.class.isAssignableFrom(declared.key())) {
            once(Problem.of("bad-rate-limit-key", Place.name(declared.key()) + " gives no key for @RateLimit.")
                    .at(place)
                    .cure("Let it implement RateLimitKey."));
        } else if (declared.by() != RateLimit.By.CLIENT) {
            once(Problem.of("bad-rate-limit-key", "@RateLimit counts by " + declared.by() + " and by a key.")
                    .at(place)
                    .cure("Write one of them; two limits are two annotations."));
        }
    }

    void checkSocket(Class<?> type) {
        RouteAnnotations ofClass = RouteAnnotations.of(type);
        OF_METHODS.stream()
                .filter(ofClass::contains)
                .forEach(limit -> useless(name(limit), "a WebSocket", Place.of(type)));
        Hierarchy hierarchy = Hierarchy.of(type);
        for (Method method : hierarchy.methods()) {
            boolean takesMessages = SocketEvent.of(method).contains(SocketEvent.MESSAGE);
            Stream.concat(Stream.of(method), hierarchy.overridden(method).stream())
                    .forEach(place -> checkMethod(place, takesMessages));
        }
    }

    private void checkMethod(Method place, boolean takesMessages) {
        RouteAnnotations written = RouteAnnotations.on(place);
        Stream.concat(OF_METHODS.stream(), takesMessages ? Stream.empty() : Stream.of(RateLimit.class))
                .filter(written::contains)
                .forEach(limit -> useless(name(limit), "a method of a WebSocket", Place.of(place)));
    }

    private static String name(Class<? extends Annotation> annotation) {
        return "@" + annotation.getSimpleName();
    }
}
