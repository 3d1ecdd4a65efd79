package dev.bistro.handler;

import dev.bistro.annotation.OnClose;
import dev.bistro.annotation.OnError;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.OnOpen;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;

/** What a method of a {@code @WebSocket} class is called for. */
public enum SocketEvent {
    OPEN(OnOpen.class),
    MESSAGE(OnMessage.class),
    CLOSE(OnClose.class),
    ERROR(OnError.class);

    private final Class<? extends Annotation> annotation;

    SocketEvent(Class<? extends Annotation> annotation) {
        this.annotation = annotation;
    }

    /** All that a method is called for. */
    public static List<SocketEvent> of(Method method) {
        return Arrays.stream(values())
                .filter(event -> method.isAnnotationPresent(event.annotation))
                .toList();
    }

    /** Whether it is the annotation of an event. */
    static boolean isOne(Class<? extends Annotation> type) {
        return Arrays.stream(values()).anyMatch(event -> event.annotation == type);
    }

    /** Its annotation as it is written: {@code @OnOpen}. */
    @Override
    public String toString() {
        return "@" + annotation.getSimpleName();
    }
}
