package dev.bistro.handler;

import dev.bistro.annotation.OnClose;
import dev.bistro.annotation.OnError;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.OnOpen;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;

/** The events that methods of a {@code @WebSocket} class are called for. */
public enum SocketEvent {
    OPEN(OnOpen.class),
    MESSAGE(OnMessage.class),
    CLOSE(OnClose.class),
    ERROR(OnError.class);

    private final Class<? extends Annotation> annotation;

    SocketEvent(Class<? extends Annotation> annotation) {
        this.annotation = annotation;
    }

    /** The events that a method is called for. */
    public static List<SocketEvent> of(Method method) {
        return Arrays.stream(values())
                .filter(event -> method.isAnnotationPresent(event.annotation))
                .toList();
    }

    /** Whether an annotation is one of an event. */
    static boolean isAnnotation(Class<? extends Annotation> type) {
        return Arrays.stream(values()).anyMatch(event -> event.annotation == type);
    }

    /** Its annotation as it is written: {@code @OnOpen}. */
    @Override
    public String toString() {
        return "@" + annotation.getSimpleName();
    }
}
