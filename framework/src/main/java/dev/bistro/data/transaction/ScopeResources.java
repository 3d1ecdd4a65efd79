package dev.bistro.data.transaction;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is made on top of a scope's connection, such as a handle of Jdbi: one of each type. For one thread. */
final class ScopeResources {
    private static final Logger LOG = LoggerFactory.getLogger(ScopeResources.class);

    private final Deque<AutoCloseable> made = new ArrayDeque<>(); // at most a few: the last one comes first

    /** The one of a type. It is made when it is first asked for, and again if somebody has closed it. */
    <R extends AutoCloseable> R get(Class<R> type, Supplier<R> maker, Predicate<R> isOpen) {
        made.removeIf(each -> type.isInstance(each) && !isOpen.test(type.cast(each)));
        return made.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseGet(() -> {
                    R resource = maker.get();
                    made.push(resource);
                    return resource;
                });
    }

    void close() {
        while (!made.isEmpty()) {
            try {
                made.pop().close();
            } catch (Exception e) {
                LOG.warn("What a transaction used can't be closed", e);
            }
        }
    }
}
