package dev.bistro.lifecycle;

import dev.bistro.inject.Container;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.startup.StartupException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the hooks of an application's objects in the order in which the objects were made, and backwards when it stops.
 *
 * <pre>
 *   collecting ───── start ─────▶ running ───── stop ─────▶ stopped
 *   made: kept for start          made: started at once     made: not started
 *       │                              a hook throws at start: those that were started are stopped
 *       └── stop: nothing was started, and nothing is stopped
 * </pre>
 */
public final class Lifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    private enum State {
        COLLECTING,
        RUNNING,
        STOPPED
    }

    // guarded by this:
    private State state = State.COLLECTING;
    private final List<Object> made = new ArrayList<>();
    private final Set<Object> notStarted = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<String, ShutdownSteps.Step> beforeHooks = new LinkedHashMap<>();

    /**
     * Takes what is run when the application stops, before its hooks are called.
     *
     * @param what says in the log what hangs or fails: {@code The access log}
     */
    public synchronized void beforeHooks(String what, ShutdownSteps.Step step) {
        beforeHooks.put(what, step);
    }

    /** Takes a singleton that was just made; while the application runs, its hooks are called at once. */
    public void made(Object singleton) {
        if (add(singleton)) {
            try {
                start(List.of(singleton));
            } catch (RuntimeException | Error e) {
                forget(singleton);
                throw e;
            }
        }
    }

    /**
     * Forgets a singleton that failed to start: it is closed, and perhaps made anew. If one of its hooks was called, it
     * is kept, since there is something to stop.
     */
    private synchronized void forget(Object singleton) {
        if (notStarted.remove(singleton)) {
            made.removeIf(one -> one == singleton);
        }
    }

    /** Adds a singleton with hooks. Returns whether it is to be started now. */
    private synchronized boolean add(Object singleton) {
        boolean isHooked = state != State.STOPPED && hasHooks(singleton.getClass());
        if (isHooked) {
            made.add(singleton);
            notStarted.add(singleton);
        }
        return isHooked && state == State.RUNNING;
    }

    /**
     * Whether a class has hooks. The application's own classes were checked before; a class of a library may have
     * methods for another library that isn't there.
     */
    private static boolean hasHooks(Class<?> type) {
        try {
            return Hook.isIn(type);
        } catch (LinkageError e) {
            LOG.debug("The methods of {} can't be looked at, and none is called", type.getName(), e);
            return false;
        }
    }

    /**
     * Starts the singletons that were made.
     *
     * @param hooked classes with hooks, of each of which there has to be an object
     * @throws StartupException if a hook throws, or can't be called
     */
    public void start(Collection<Class<?>> hooked) {
        List<Object> objects = begin();
        var problems = new Problems();
        for (Class<?> type : hooked) {
            if (objects.stream().noneMatch(type::isInstance)) {
                problems.add(notKept(type));
            }
        }
        problems.throwIfAny();
        start(objects);
    }

    private static Problem notKept(Class<?> type) {
        return Problem.of(
                        "hook-without-singleton",
                        Place.name(type) + " has @OnStart or @OnStop, but an object of it is made for each who asks.")
                .at(Place.of(type))
                .cure("Put @Singleton on the @Bean method that makes it.");
    }

    private synchronized List<Object> begin() {
        state = State.RUNNING;
        return List.copyOf(made);
    }

    private void start(List<Object> objects) {
        var problems = new Problems();
        for (Object object : objects) {
            Hook.check(object.getClass(), problems);
        }
        problems.throwIfAny();
        if (objects.isEmpty()) {
            return;
        }
        List<Hook> hooks = sorted(objects, Hook::onStart);
        for (int i = 0; i < hooks.size(); i++) {
            try {
                hooks.get(i).call();
            } catch (Throwable e) {
                started(hooks.subList(0, i));
                throw failed(hooks.get(i), e);
            }
        }
        started(hooks);
    }

    /** Marks the objects as started: those of which a hook was called, and those that have none for the start. */
    private synchronized void started(List<Hook> called) {
        called.forEach(hook -> notStarted.remove(hook.object()));
        notStarted.removeIf(object -> Hook.onStart(object).isEmpty());
    }

    private static List<Hook> sorted(List<Object> objects, Function<Object, List<Hook>> hooks) {
        return objects.stream()
                .flatMap(object -> hooks.apply(object).stream())
                .sorted(Comparator.comparingInt(Hook::order))
                .toList();
    }

    private static StartupException failed(Hook hook, Throwable cause) {
        var problem = Problem.of("hook-failed", "A method with @OnStart failed: " + cause + ".")
                .at(Place.of(hook.method()));
        return new StartupException(List.of(problem), cause);
    }

    /**
     * Calls the {@code @OnStop} methods of what was started, in the opposite order, and then closes the singletons. A
     * second call does nothing.
     */
    public void stop(Container container, ShutdownSteps steps) {
        var hooks = new ArrayList<>(sorted(end(), Hook::onStop));
        Collections.reverse(hooks);
        takeBeforeHooks().forEach(steps::run);
        hooks.forEach(hook -> steps.run(Place.of(hook.method()).toString(), hook::call));
        container.close(object -> steps.run("close() of " + object.getClass().getName(), object::close));
    }

    private synchronized Map<String, ShutdownSteps.Step> takeBeforeHooks() {
        var taken = new LinkedHashMap<>(beforeHooks);
        beforeHooks.clear();
        return taken;
    }

    private synchronized List<Object> end() {
        List<Object> started = state == State.RUNNING
                ? made.stream().filter(object -> !notStarted.contains(object)).toList()
                : List.of();
        state = State.STOPPED;
        return started;
    }
}
