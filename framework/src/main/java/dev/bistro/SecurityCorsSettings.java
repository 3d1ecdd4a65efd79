package dev.bistro;

import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Description;
import dev.bistro.http.Method;
import dev.bistro.security.AllowedOrigins;
import dev.bistro.security.CorsPolicy;
import dev.bistro.security.PathSet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The settings whose keys begin with {@code security.cors.}. They are for all routes without {@code @CrossOrigin}, for
 * files, and for errors.
 */
record SecurityCorsSettings(
        @Description("the other origins whose pages may use what is here: https://shop.example,"
                + " https://*.shop.example, or * for all")
        List<String> origins,

        @Description("the paths where they may, as templates of filters: /api/{path*}; everywhere unless it is set")
        List<String> paths,

        @Description("the request methods that they may use; all that there are at a path unless it is set")
        List<String> methods,

        @Description("the header fields that their scripts may set; any unless it is set")
        List<String> headers,

        @Description("the header fields of answers that their scripts may read, besides the few that they always may")
        List<String> exposedHeaders,

        @Description("whether they may send cookies and logins that the browser has; not together with the origin *")
        @DefaultValue("false")
        boolean credentials,

        @Description("how long browsers remember what they may do") @DefaultValue("30m")
        Duration maxAge,

        @Description("whether pages of public sites may, where the server is in a private network")
        @DefaultValue("false")
        boolean privateNetwork) {
    /** What holds where nothing is set. */
    static final SecurityCorsSettings DEFAULTS = new SecurityCorsSettings(
            List.of(), List.of(), List.of(), List.of(), List.of(), false, Duration.ofMinutes(30), false);

    private static final String ANY = "*";

    void check(SettingFaults faults) {
        for (String entry : origins) {
            AllowedOrigins.fault(entry).ifPresent(fault -> faults.add("cors.origins: " + fault));
        }
        for (String path : paths) {
            PathSet.fault(path).ifPresent(fault -> faults.add("cors.paths: " + fault));
        }
        for (String name : methods) {
            CorsPolicy.methodFault(name).ifPresent(fault -> faults.add("cors.methods: " + fault));
        }
        for (String name : headers) {
            CorsPolicy.headerFault(name).ifPresent(fault -> faults.add("cors.headers: " + fault));
        }
        for (String name : exposedHeaders) {
            if (!name.equals(ANY)) {
                CorsPolicy.headerFault(name).ifPresent(fault -> faults.add("cors.exposed-headers: " + fault));
            }
        }
        faults.addIf(
                credentials && origins.contains(ANY),
                "cors.credentials can't be on while cors.origins has *: any page could act in the name of the user, so"
                        + " browsers don't take both; name the origins");
        faults.addIf(
                credentials && exposedHeaders.contains(ANY),
                "cors.exposed-headers can't have * while cors.credentials is on, since browsers don't take both; name"
                        + " the header fields");
        faults.addIf(
                maxAge.compareTo(CorsPolicy.MAX_AGE) > 0,
                "cors.max-age has to be " + CorsPolicy.MAX_AGE.toHours() + "h at the most, since no browser remembers"
                        + " it for longer");
        faults.addIf(
                origins.isEmpty()
                        && (credentials
                                || privateNetwork
                                || !(paths.isEmpty()
                                        && methods.isEmpty()
                                        && headers.isEmpty()
                                        && exposedHeaders.isEmpty())),
                "the other settings of cors have no effect without cors.origins");
    }

    /** The origins; also for annotations that name none. */
    AllowedOrigins allowedOrigins() {
        return AllowedOrigins.of(origins);
    }

    /** What is said for routes without an annotation; empty if no origin is allowed. */
    Optional<CorsPolicy> policy() {
        return origins.isEmpty()
                ? Optional.empty()
                : Optional.of(new CorsPolicy(
                        allowedOrigins(),
                        methods.stream().map(Method::of).collect(Collectors.toSet()),
                        Set.copyOf(headers),
                        exposedHeaders,
                        credentials,
                        maxAge,
                        privateNetwork));
    }

    /** Where it is said; empty for everywhere. */
    Optional<PathSet> pathSet() {
        return paths.isEmpty() ? Optional.empty() : Optional.of(PathSet.of(paths));
    }
}
