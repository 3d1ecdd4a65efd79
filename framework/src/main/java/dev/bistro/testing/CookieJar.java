package dev.bistro.testing;

import dev.bistro.http.Headers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The cookies of a client, which are stored and sent back as by a browser: by host or domain, path, scheme, expiry and
 * the prefixes of names. {@code SameSite} decides whether a cookie is stored, but not whether it is sent: all requests
 * of a test client are of the same site. For any thread.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-5.7">RFC 6265bis, sections
 *     5.7 and 5.8</a>
 */
final class CookieJar {
    private static final Duration LONGEST = Duration.ofDays(400);
    private static final Pattern ADDRESS = Pattern.compile("\\[.*]|[0-9.]+");

    private final Map<Key, Stored> cookies = new LinkedHashMap<>();
    private final InstantSource clock;

    CookieJar(InstantSource clock) {
        this.clock = clock;
    }

    /** What makes two cookies the same one. */
    private record Key(String name, String domain, boolean hostOnly, String path) {
        boolean isFor(String host) {
            return hostOnly ? host.equals(domain) : domainMatches(host, domain);
        }
    }

    private record Stored(String value, boolean secure, Optional<Instant> expiry) {}

    /** Where a request goes, as far as it decides about cookies. */
    record Destination(String host, String path, boolean isSecure) {
        /** The destination of a request to this target with these header fields. */
        static Destination of(Headers request, String target, boolean isSecure) {
            String host = request.first("Host").orElse("").toLowerCase(Locale.ROOT);
            int colon = host.lastIndexOf(':');
            String path = target.split("[?#]", 2)[0];
            return new Destination(
                    colon > host.lastIndexOf(']') ? host.substring(0, colon) : host,
                    path.startsWith("/") ? path : "/",
                    isSecure);
        }

        /** RFC 6265bis, section 5.1.4. */
        String defaultPath() {
            int slash = path.lastIndexOf('/');
            return slash == 0 ? "/" : path.substring(0, slash);
        }
    }

    // ---- storing

    /** Stores what a response sets, and removes what it makes expire. */
    synchronized void store(Destination from, Headers response) {
        response.all("Set-Cookie")
                .forEach(header -> SetCookie.parse(header)
                        .filter(cookie -> isAcceptable(cookie, from))
                        .ifPresent(cookie -> store(cookie, from)));
    }

    private void store(SetCookie cookie, Destination from) {
        Instant now = clock.instant();
        boolean hostOnly = isHostOnly(cookie, from);
        String path = cookie.path().orElseGet(from::defaultPath);
        var key = new Key(cookie.name(), hostOnly ? from.host() : cookie.domain(), hostOnly, path);
        if (!cookie.isSecure() && !from.isSecure() && isShadowedBySecure(key)) {
            return;
        }
        Optional<Instant> expiry = cookie.expiry(now, LONGEST);
        if (expiry.isPresent() && !expiry.get().isAfter(now)) {
            cookies.remove(key);
        } else {
            cookies.put(key, new Stored(cookie.value(), cookie.isSecure(), expiry));
        }
    }

    /** For a host that is a single word, its own name as the domain means the host: it has no subdomains. */
    private static boolean isHostOnly(SetCookie cookie, Destination from) {
        String domain = cookie.domain();
        return domain.isEmpty() || domain.equals(from.host()) && (!domain.contains(".") || isAddress(domain));
    }

    private static boolean isAcceptable(SetCookie cookie, Destination from) {
        boolean fitsScheme = from.isSecure() || !cookie.isSecure();
        boolean fitsSite = cookie.isSecure() || !cookie.isSameSiteNone();
        boolean fitsDomain = isHostOnly(cookie, from)
                || cookie.domain().contains(".") && domainMatches(from.host(), cookie.domain());
        return fitsScheme && fitsSite && fitsDomain && fitsPrefix(cookie, from);
    }

    /** RFC 6265bis, section 4.1.3; a value without a name would look like one with a prefix when it is sent. */
    private static boolean fitsPrefix(SetCookie cookie, Destination from) {
        String name = (cookie.name().isEmpty() ? cookie.value() : cookie.name()).toLowerCase(Locale.ROOT);
        boolean forHost = name.startsWith("__host-");
        if (!forHost && !name.startsWith("__secure-")) {
            return true;
        }
        boolean fits = cookie.isSecure() && !cookie.name().isEmpty();
        return fits && (!forHost || cookie.domain().isEmpty() && cookie.path().equals(Optional.of("/")));
    }

    /** A cookie that was set without TLS doesn't hide a secure one: RFC 6265bis, section 5.7, step 16. */
    private boolean isShadowedBySecure(Key fresh) {
        return live().anyMatch(entry -> {
            Key old = entry.getKey();
            return entry.getValue().secure()
                    && old.name().equals(fresh.name())
                    && (domainMatches(old.domain(), fresh.domain()) || domainMatches(fresh.domain(), old.domain()))
                    && pathMatches(fresh.path(), old.path());
        });
    }

    // ---- sending

    /** The request's header fields with the cookies for its destination; its own of the same name win. */
    synchronized Headers addTo(Headers request, Destination to) {
        List<String> own = request.all("Cookie");
        Set<String> names = own.stream()
                .flatMap(pairs -> Stream.of(pairs.split(";")))
                .map(pair -> pair.split("=", 2)[0].strip())
                .collect(Collectors.toSet());
        Stream<String> kept =
                sent(to).filter(entry -> !names.contains(entry.getKey().name())).map(CookieJar::pair);
        String all = Stream.concat(kept, own.stream()).collect(Collectors.joining("; "));
        return all.isEmpty() ? request : request.with("Cookie", all);
    }

    private Stream<Map.Entry<Key, Stored>> sent(Destination to) {
        return live().filter(entry -> entry.getKey().isFor(to.host()))
                .filter(entry -> pathMatches(to.path(), entry.getKey().path()))
                .filter(entry -> to.isSecure() || !entry.getValue().secure());
    }

    private static String pair(Map.Entry<Key, Stored> cookie) {
        String name = cookie.getKey().name();
        return (name.isEmpty() ? "" : name + "=") + cookie.getValue().value();
    }

    /** The value of a cookie of this name; of several, that of the longest path. */
    synchronized Optional<String> value(String name) {
        return live().filter(entry -> entry.getKey().name().equals(name))
                .map(entry -> entry.getValue().value())
                .findFirst();
    }

    /** What hasn't expired, in the order of sending: longer paths first, then what was set first. */
    private Stream<Map.Entry<Key, Stored>> live() {
        Instant now = clock.instant();
        cookies.values()
                .removeIf(cookie ->
                        cookie.expiry().filter(expiry -> !expiry.isAfter(now)).isPresent());
        Comparator<Map.Entry<Key, Stored>> byPath =
                Comparator.comparing(entry -> -entry.getKey().path().length());
        return cookies.entrySet().stream().sorted(byPath);
    }

    // ---- RFC 6265bis, sections 5.1.3 and 5.1.4

    private static boolean domainMatches(String host, String domain) {
        return host.equals(domain) || host.endsWith("." + domain) && !isAddress(host);
    }

    private static boolean isAddress(String host) {
        return ADDRESS.matcher(host).matches();
    }

    private static boolean pathMatches(String path, String cookie) {
        return path.equals(cookie) || path.startsWith(cookie.endsWith("/") ? cookie : cookie + "/");
    }
}
