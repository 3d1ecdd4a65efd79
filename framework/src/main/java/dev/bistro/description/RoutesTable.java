package dev.bistro.description;

import dev.bistro.types.TypeNames;
import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The routes as {@code --routes} prints them: a head for each, and below it what there is to say.
 *
 * <pre>
 * GET /api/products/{id}
 *     calls    ProductController.find(long)
 *     takes    path id: long, required
 *     answers  200 application/json: Product, ETag; 304, ETag
 *     JSON     writes: generated
 *     errors   400, 404, 412
 *     access   anybody
 *     runs     inline, and apart if it is slow
 * </pre>
 *
 * @param titles the names of libraries by the classes that they bring
 * @param json what writes and reads JSON
 */
public record RoutesTable(String title, DescribedApplication application, Map<Class<?>, String> titles, JsonCode json) {
    private static final int WIDTH = 120;
    private static final String INDENT = " ".repeat(13);

    /** The text, of lines of at most 120 characters unless a single word is longer. */
    public String text() {
        List<DescribedRoute> routes = application.routes();
        var text =
                new StringBuilder(title + " has " + routes.size() + (routes.size() == 1 ? " route.\n" : " routes.\n"));
        int verbs = routes.stream()
                .mapToInt(route -> route.method().name().length())
                .max()
                .orElse(0);
        for (DescribedRoute route : routes) {
            String verb = String.format("%-" + Math.max(1, verbs) + "s", route.method());
            text.append('\n').append(verb).append(' ').append(route.path().template());
            text.append(route.isDeprecated() ? "   (deprecated)\n" : "\n");
            lines(route).forEach(text::append);
        }
        if (!application.unrouted().isEmpty()) {
            text.append("\nNo route: 404, 405 or OPTIONS\n");
            text.append(line("filters", ", ", filters(application.unrouted())));
        }
        return text.toString();
    }

    private Stream<String> lines(DescribedRoute route) {
        return Stream.of(
                line("calls", "", List.of(route.place())),
                line(
                        "takes",
                        "; ",
                        route.parameters().stream().map(RoutesTable::parameter).toList()),
                line("body", "; ", route.body().map(RoutesTable::body).stream().toList()),
                line(
                        "answers",
                        "; ",
                        route.responses().stream()
                                .map(RoutesTable::response)
                                .distinct()
                                .toList()),
                line("JSON", "; ", json.of(route)),
                line(
                        "errors",
                        ", ",
                        route.errors().stream()
                                .map(error -> String.valueOf(error.status().code()))
                                .toList()),
                line(
                        "failures",
                        "; ",
                        route.failures().stream()
                                .map(RoutesTable::response)
                                .distinct()
                                .toList()),
                line("access", "", List.of(route.access().toString())),
                line("limits", ", ", limits(route.limits())),
                line("filters", ", ", filters(route.filters())),
                line("runs", "", List.of(running(route.running()))));
    }

    private static String parameter(DescribedParameter parameter) {
        String need = parameter
                .defaultText()
                .map(text -> " = \"" + text + "\"")
                .orElse(parameter.isRequired() ? ", required" : "");
        return source(parameter) + ": " + TypeNames.of(parameter.type()) + need
                + (parameter.byApplication() ? ", by a converter" : "")
                + parameter.constraints().stream()
                        .map(constraint -> " " + constraint(constraint))
                        .collect(Collectors.joining());
    }

    private static String source(DescribedParameter parameter) {
        return switch (parameter.source()) {
            case PATH, QUERY, HEADER, COOKIE, FORM, FILE ->
                parameter.source().name().toLowerCase(Locale.ROOT) + " " + parameter.name();
            case QUERY_ALL -> "the whole query";
            case HEADER_ALL -> "all headers";
            case COOKIE_ALL -> "all cookies";
            case FORM_ALL -> "the whole form";
            case BODY -> "the body";
            case REQUEST -> "the request";
            case SESSION -> "the session";
            case LOGIN -> "the login";
            case PRINCIPAL -> "the principal";
            case CERTIFICATE -> "the client's certificate";
            case DATABASE -> "the database";
        };
    }

    private static String constraint(Annotation constraint) {
        return "@" + constraint.annotationType().getSimpleName();
    }

    private static String body(DescribedBody body) {
        String types = body.mediaTypes().stream()
                .map(type -> type + (body.byApplication().contains(type) ? " (by a codec)" : ""))
                .collect(Collectors.joining(" or "));
        return (types.isEmpty() ? "any media type" : types)
                + switch (body.kind()) {
                    case VALUE -> " as " + TypeNames.of(body.type()) + (body.isRequired() ? ", required" : "");
                    case FORM -> ", a form" + (body.isRequired() ? ", required" : "");
                    case STREAM -> " as a stream";
                    case ANY -> ", if the handler reads it";
                };
    }

    private static String response(DescribedResponse response) {
        String status = response.status()
                .map(known -> known.code() + (response.isStatusChosen() ? " or another" : ""))
                .orElse("any status");
        String mediaType = response.mediaType().map(type -> " " + type).orElse("");
        String headers = response.headers().stream()
                .map(header -> header.isCertain() ? header.name() : "perhaps " + header.name())
                .collect(Collectors.joining(", "));
        return status + mediaType + content(response) + (headers.isEmpty() ? "" : ", " + headers);
    }

    private static String content(DescribedResponse response) {
        String type = TypeNames.of(response.type());
        return switch (response.content()) {
            case NONE -> "";
            case VALUE -> ": " + type;
            case ARRAY -> ": array of " + type;
            case LINES -> ": lines of " + type;
            case CONCATENATION -> ": one " + type + " after the other";
            case BYTES -> ": bytes";
            case FILE -> ": a file";
            case FEED_PAGE -> ": page of " + type;
            case FEED_EVENTS -> ": events of " + type;
            case FEED_LINES -> ": lines of " + type;
            case WEB_SOCKET -> ": WebSocket";
            case ANY -> ": what it returns";
        };
    }

    private static List<String> limits(DescribedLimits limits) {
        var all = new ArrayList<String>();
        limits.maxBodyBytes().ifPresent(bytes -> all.add("body of " + bytes + " bytes"));
        limits.timeout().map(RoutesTable::time).ifPresent(all::add);
        limits.concurrency().ifPresent(most -> all.add(most + " at once"));
        limits.rates().forEach(rate -> all.add(rate.text() + " by " + rate.by() + ", " + rate.burst() + " in a burst"));
        return all;
    }

    private static String time(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    private List<String> filters(List<DescribedFilter> filters) {
        return filters.stream()
                .map(filter -> filter
                        + filter.type()
                                .flatMap(type -> Optional.ofNullable(titles.get(type)))
                                .map(library -> " of " + library)
                                .orElse(""))
                .toList();
    }

    private static String running(DescribedRoute.Running running) {
        return switch (running) {
            case INLINE -> "inline";
            case ADAPTIVE -> "inline, and apart if it is slow";
            case APART -> "apart";
        };
    }

    /** A line with a label, broken between words where it is too long; nothing if there are no parts. */
    private static String line(String label, String between, List<String> parts) {
        if (parts.isEmpty()) {
            return "";
        }
        var text = new StringBuilder();
        String begin = String.format("    %-9s", label);
        int column = begin.length();
        text.append(begin);
        for (String word : String.join(between, parts).split(" ")) {
            boolean isFirst = column == INDENT.length();
            if (!isFirst && column + 1 + word.length() > WIDTH) {
                text.append('\n').append(INDENT);
                column = INDENT.length();
                isFirst = true;
            }
            text.append(isFirst ? "" : " ").append(word);
            column += word.length() + (isFirst ? 0 : 1);
        }
        return text.append('\n').toString();
    }
}
