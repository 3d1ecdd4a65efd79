package dev.bistro.data.transaction;

import dev.bistro.http.BadRequestException;
import dev.bistro.http.PercentCoding;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a database is: a URL of JDBC, or one as platforms give it, {@code postgres://user:password@host:5432/shop}.
 *
 * @param jdbcUrl for the driver; without name and password where these were in the URL of a platform
 * @param user who logs in, if the URL says it
 * @param password of the user, if the URL says it
 * @param shown the address for people: no password, and nothing that could hold one
 */
public record DatabaseAddress(String jdbcUrl, Optional<String> user, Optional<String> password, String shown) {
    private static final String JDBC = "jdbc:";
    private static final Map<String, String> DRIVERS =
            Map.of("postgres", "postgresql", "postgresql", "postgresql", "mysql", "mysql", "mariadb", "mariadb");

    /** What PostgreSQL's C library calls otherwise than its driver. */
    private static final Map<String, String> PARAMETERS = Map.of(
            "application_name", "ApplicationName",
            "connect_timeout", "connectTimeout",
            "target_session_attrs", "targetServerType");

    // the last @ before the path ends the password, which may have one that isn't encoded
    private static final Pattern PLATFORM = Pattern.compile("(?<scheme>[a-z]+)://(?:(?<login>[^/?]*)@)?"
            + "(?<hosts>[^/?@]*)(?:/(?<database>[^?]*))?(?:\\?(?<query>.*))?");
    private static final Pattern JDBC_URL = Pattern.compile("jdbc:(?<driver>[a-z0-9]+):.*");
    private static final Pattern H2_FILE = Pattern.compile("jdbc:h2:(?:file:)?(?<file>(?:[./~]|[A-Za-z]:[/\\\\]).*)");

    /**
     * Reads an address: {@code of("postgres://ada:a%40b@db/shop")} is
     * {@code jdbc:postgresql://db/shop} for ada with the password a@b.
     *
     * @throws IllegalArgumentException if it is none; the message doesn't show it
     */
    public static DatabaseAddress of(String url) {
        if (JDBC_URL.matcher(url).matches()) {
            return new DatabaseAddress(keptOpen(url), Optional.empty(), Optional.empty(), withoutParameters(url));
        }
        Matcher parts = PLATFORM.matcher(url);
        if (!parts.matches() || !DRIVERS.containsKey(parts.group("scheme"))) {
            throw new IllegalArgumentException("it is neither one of JDBC, such as jdbc:h2:mem:shop, nor one such as"
                    + " postgres://user:password@host/database");
        }
        String hosts = Optional.of(parts.group("hosts"))
                .filter(named -> !named.isEmpty())
                .orElse("localhost");
        String database = Optional.ofNullable(parts.group("database"))
                .map(DatabaseAddress::decoded)
                .filter(named -> !named.isEmpty())
                .orElseThrow(() -> new IllegalArgumentException("it names no database after the host"));
        String address = JDBC + DRIVERS.get(parts.group("scheme")) + "://" + hosts + "/"
                + URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
        Optional<String> login = Optional.ofNullable(parts.group("login"));
        return new DatabaseAddress(
                address + parameters(parts.group("query")),
                login.map(written -> written.split(":", 2)[0])
                        .map(DatabaseAddress::decoded)
                        .filter(user -> !user.isEmpty()),
                login.filter(written -> written.contains(":"))
                        .map(written -> written.split(":", 2)[1])
                        .map(DatabaseAddress::decoded),
                address);
    }

    /** This for a user, in place of the one of the URL. */
    public DatabaseAddress as(Optional<String> other, Optional<String> itsPassword) {
        return new DatabaseAddress(jdbcUrl, other.or(() -> user), itsPassword.or(() -> password), shown);
    }

    /** The name of the driver: {@code postgresql} of {@code jdbc:postgresql://db/shop}. */
    public String driver() {
        Matcher matcher = JDBC_URL.matcher(jdbcUrl);
        return matcher.matches() ? matcher.group("driver") : "";
    }

    /** Whether it is in the memory of this process, and gone with its last connection. */
    public boolean isInMemory() {
        return jdbcUrl.startsWith("jdbc:h2:mem:");
    }

    /**
     * H2 closes a database in a file when a thread is interrupted that reads or writes it, as a timeout does: Java's
     * file channels do. Asynchronous channels don't.
     */
    private static String keptOpen(String url) {
        Matcher file = H2_FILE.matcher(url);
        return file.matches() ? "jdbc:h2:async:" + file.group("file") : url;
    }

    /** Parameters begin behind ? or ;, and who writes a password into a URL of JDBC writes it there, or before an @. */
    private static String withoutParameters(String url) {
        return url.replaceAll("[?;].*", "").replaceAll("//[^/]*@", "//").replaceAll(":[^:/@]*/[^:/@]*@", ":");
    }

    private static String parameters(String query) {
        if (query == null || query.isEmpty()) {
            return "";
        }
        List<String> all = new ArrayList<>();
        for (String each : query.split("&")) {
            String[] parts = each.split("=", 2);
            all.add(PARAMETERS.getOrDefault(parts[0], parts[0]) + (parts.length > 1 ? "=" + parts[1] : ""));
        }
        return "?" + String.join("&", all);
    }

    private static String decoded(String text) {
        try {
            return PercentCoding.decode(text, 0, text.length());
        } catch (BadRequestException e) {
            throw new IllegalArgumentException("a % in it is not followed by two hexadecimal digits, or it isn't UTF-8"
                    + " (a % itself is written %25)");
        }
    }
}
