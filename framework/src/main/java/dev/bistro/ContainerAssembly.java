package dev.bistro;

import dev.bistro.body.json.ApplicationJson;
import dev.bistro.config.Settings;
import dev.bistro.http.CookieSigner;
import dev.bistro.http.Request;
import dev.bistro.inject.Container;
import dev.bistro.inject.ContainerBuilder;
import dev.bistro.lifecycle.Hook;
import dev.bistro.lifecycle.Lifecycle;
import dev.bistro.limit.RateLimitKeys;
import dev.bistro.scan.ApplicationClasses;
import dev.bistro.session.Sessions;
import dev.bistro.startup.Problems;
import dev.bistro.validation.Constraints;
import dev.bistro.websocket.WebSocketRooms;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Builds the container of an application: says what is injected, and of which classes there is an object in any case.
 */
record ContainerAssembly(
        StartInput input,
        FoundClasses classes,
        Settings settings,
        ReadConfigs configs,
        Constraints constraints,
        Problems problems) {

    private ApplicationClasses found() {
        return classes.all();
    }

    /**
     * Builds it.
     *
     * @param hooked the classes that {@link #hooked} has found
     * @param metrics what shows figures to the application's registries of meters, if there are any
     * @param bistro empty if these settings have faults: then what depends on them is known, but can't be made
     */
    Container build(
            List<Class<?>> hooked,
            Optional<BistroSettings> bistro,
            WebSocketRooms rooms,
            ApplicationJson json,
            Sessions sessions,
            Lifecycle lifecycle,
            Optional<MetricsAssembly> metrics,
            DataAssembly data,
            RedisAssembly redis,
            FeedAssembly feeds,
            StateAssembly state) {
        var builder = new ContainerBuilder(problems).closeLast(constraints);
        if (metrics.isPresent()) {
            builder.closeLast(metrics.get()); // after a registry, which may report for the last time when it is closed
            metrics.get().registryType().ifPresent(builder::contributions);
        }
        for (Class<?> port : ApplicationClasses.EXTENSIONS) {
            builder.contributions(port);
        }
        TracingAssembly.beanType().ifPresent(builder::contributions);
        data.bind(builder);
        redis.bind(builder);
        feeds.bind(builder); // later, and so closed before what they are in
        state.bind(builder);
        builder.libraries(classes.titles()).leaveOut(input.leftOut());
        builder.components(found().components()).onMade(lifecycle::made);
        builder.bind(Settings.class, settings);
        builder.bind(WebSocketRooms.class, rooms);
        builder.bind(ApplicationJson.class, json); // the testing kit asks for it
        constraints.injectables().forEach(builder::bind);
        constraints.injected(found().components()).forEach(builder::onDemand);
        builder.bind(Sessions.class, sessions);
        if (bistro.isEmpty()) {
            builder.bindUnmade(CookieSigner.class);
        } else if (!bistro.get().cookieSecrets().isEmpty()) {
            builder.bind(CookieSigner.class, bistro.get().cookieSigner().orElseThrow());
        }
        builder.bindRequest(Request.class);
        configs.byType().forEach((type, read) -> bindConfig(type, read, builder));
        builder.reserve(data.reasons());
        input.instances().forEach(builder::bind);
        for (StartInput.QualifiedInstance given : input.qualified()) {
            builder.bind(given.type(), given.qualifiers(), given.instance());
        }
        data.bindGiven(builder);
        addRoots(hooked, builder);
        return builder.build();
    }

    private void bindConfig(Class<?> type, Optional<Object> read, ContainerBuilder builder) {
        if (!input.instances().containsKey(type)) {
            if (read.isPresent()) {
                builder.bind(type, read.get());
            } else {
                builder.bindUnmade(type);
            }
        }
    }

    /** Says of which classes there is an object in any case. */
    private void addRoots(List<Class<?>> hooked, ContainerBuilder builder) {
        var roots = new ArrayList<>(found().controllers());
        for (Class<?> type : found().controllers()) {
            roots.addAll(RateLimitKeys.of(type));
        }
        roots.addAll(found().extensions());
        new LinkedHashSet<>(roots).forEach(builder::root);
        for (Class<?> type : hooked) {
            Hook.check(type, problems);
            builder.replaceableRoot(type);
        }
        found().withExceptionHandlers().forEach(builder::root);
        found().filters().forEach(builder::root);
    }

    /** The classes with hooks, which are made for these if for nothing else. */
    List<Class<?>> hooked() {
        var hooked = new ArrayList<Class<?>>();
        addHooked(found().components(), hooked);
        addHooked(found().controllers(), hooked);
        return hooked;
    }

    private void addHooked(List<Class<?>> types, List<Class<?>> hooked) {
        for (Class<?> type : types) {
            if (!Modifier.isAbstract(type.getModifiers())
                    && !input.instances().containsKey(type)
                    && !isReplaced(type)
                    && hasHooks(type)) {
                hooked.add(type);
            }
        }
    }

    /**
     * Whether the program gives an object in the place of a component, such as a mock of the interface that it
     * implements. The component is made then if something needs it by its own name, but not for its hooks. Interfaces
     * of Java's, such as {@code Runnable}, don't count: they say nothing of what a class is for. Nor do those of
     * extensions, of which all that there are are used.
     */
    private boolean isReplaced(Class<?> type) {
        return !input.instances().isEmpty()
                && found().components().contains(type)
                && input.instances().keySet().stream()
                        .filter(given ->
                                !given.getName().startsWith("java.") && !ApplicationClasses.EXTENSIONS.contains(given))
                        .anyMatch(given -> given.isAssignableFrom(type));
    }

    private static boolean hasHooks(Class<?> type) {
        try {
            return Hook.isIn(type);
        } catch (LinkageError | TypeNotPresentException e) {
            return false; // the container looks at its methods too, and reports it
        }
    }
}
