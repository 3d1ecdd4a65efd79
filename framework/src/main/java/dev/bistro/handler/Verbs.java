package dev.bistro.handler;

import dev.bistro.annotation.Delete;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Head;
import dev.bistro.annotation.Options;
import dev.bistro.annotation.Patch;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Put;
import dev.bistro.annotation.Query;
import dev.bistro.annotation.Route;
import dev.bistro.http.Method;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The annotations that bind a method to requests, as a table: a new one is a new row. */
public final class Verbs {
    /** A request method, and the path template below the controller's. */
    public record Binding(String method, String path) {}

    private static final Map<Class<? extends Annotation>, Function<Annotation, Binding>> TABLE = Map.of(
            Get.class, a -> new Binding(Method.GET.name(), ((Get) a).value()),
            Post.class, a -> new Binding(Method.POST.name(), ((Post) a).value()),
            Put.class, a -> new Binding(Method.PUT.name(), ((Put) a).value()),
            Patch.class, a -> new Binding(Method.PATCH.name(), ((Patch) a).value()),
            Delete.class, a -> new Binding(Method.DELETE.name(), ((Delete) a).value()),
            Head.class, a -> new Binding(Method.HEAD.name(), ((Head) a).value()),
            Options.class, a -> new Binding(Method.OPTIONS.name(), ((Options) a).value()),
            Query.class, a -> new Binding(Method.QUERY.name(), ((Query) a).value()),
            Route.class, a -> new Binding(((Route) a).method(), ((Route) a).value()));

    private Verbs() {}

    /** The annotations of the table. */
    static Set<Class<? extends Annotation>> annotations() {
        return TABLE.keySet();
    }

    /** The bindings of a method; none if it is no handler. */
    public static List<Binding> of(java.lang.reflect.Method method) {
        var bindings = new ArrayList<Binding>();
        for (Annotation annotation : method.getAnnotations()) {
            Function<Annotation, Binding> row = TABLE.get(annotation.annotationType());
            if (row != null) {
                bindings.add(row.apply(annotation));
            }
        }
        return bindings;
    }
}
