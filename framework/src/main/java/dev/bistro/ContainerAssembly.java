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
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
        metrics.ifPresent(builder::closeLast); // after a registry, which may report for the last time when it is closed
        metrics.flatMap(MetricsAssembly::registryType).ifPresent(builder::contributions);
        ApplicationClasses.EXTENSIONS.forEach(builder::contributions);
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
        bistro.ifPresentOrElse(
                read -> read.cookieSigner().ifPresent(signer -> builder.bind(CookieSigner.class, signer)),
                () -> builder.bindUnmade(CookieSigner.class));
        builder.bindRequest(Request.class);
        configs.byType().forEach((type, read) -> {
            if (!input.instances().containsKey(type)) {
                read.ifPresentOrElse(made -> builder.bind(type, made), () -> builder.bindUnmade(type));
            }
        });
        builder.reserve(data.reasons());
        input.instances().forEach(builder::bind);
        input.qualified().forEach(given -> builder.bind(given.type(), given.qualifiers(), given.instance()));
        data.bindGiven(builder);
        found().controllers().forEach(builder::root);
        found().controllers().stream()
                .flatMap(type -> RateLimitKeys.of(type).stream())
                .distinct()
                .forEach(builder::root);
        found().extensions().forEach(builder::root);
        hooked.forEach(type -> {
            Hook.check(type, problems);
            builder.replaceableRoot(type);
        });
        found().withExceptionHandlers().forEach(builder::root);
        found().filters().forEach(builder::root);
        return builder.build();
    }

    /** The classes with hooks, which are made for these if for nothing else. */
    List<Class<?>> hooked() {
        return Stream.concat(found().components().stream(), found().controllers().stream())
                .filter(type -> !Modifier.isAbstract(type.getModifiers()))
                .filter(type -> !input.instances().containsKey(type) && !isReplaced(type) && hasHooks(type))
                .toList();
    }

    /**
     * Whether the program gives an object in the place of a component, such as a mock of the interface that it
     * implements. The component is made then if something needs it by its own name, but not for its hooks. Interfaces
     * of Java's, such as {@code Runnable}, don't count: they say nothing of what a class is for. Nor do those of
     * extensions, of which all that there are are used.
     */
    private boolean isReplaced(Class<?> type) {
        return found().components().contains(type)
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
