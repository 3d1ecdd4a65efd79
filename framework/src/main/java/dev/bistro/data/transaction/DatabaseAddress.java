package dev.bistro.data.transaction;

import dev.bistro.http.BadRequestException;
import dev.bistro.http.PercentCoding;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a database is: a URL of JDBC, or one as platforms give it, {@code postgres://user:password@host:5432/shop}.
 *
 * @param jdbcUrl for the driver, without name and password
 * @param user who logs in, if the URL says it
 * @param password of the user, if the URL says it
 * @param shown the address for people: no password, and nothing that could hold one
 */
public record DatabaseAddress(String jdbcUrl, Optional<String> user, Optional<String> password, String shown) {
    private static final String JDBC = "jdbc:";
    private static final Map<String, String> DRIVERS =
            Map.of("postgres", "postgresql", "postgresql", "postgresql", "mysql", "mysql", "mariadb", "mariadb");

    /** A host, or several with commas between them; an address of IPv6 is in brackets. */
    private static final Pattern HOSTS = Pattern.compile(
            "(?:\\[[^\\]]*\\]|[^:,\\[\\]%]*)(?::\\d{1,5})?" + "(?:,(?:\\[[^\\]]*\\]|[^:,\\[\\]%]*)(?::\\d{1,5})?)*");

    private static final Pattern MEMORY_WITHOUT_NAME = Pattern.compile("jdbc:h2:mem:(?:;.*)?");

    /** What PostgreSQL's C library calls otherwise than its driver. */
    private static final Map<String, String> PARAMETERS = Map.of(
            "application_name", "ApplicationName",
            "connect_timeout", "connectTimeout",
            "channel_binding", "channelBinding",
            "target_session_attrs", "targetServerType");

    /** The values of {@code target_session_attrs}, likewise. */
    private static final Map<String, String> SERVER_TYPES = Map.of(
            "read-write", "primary",
            "read-only", "secondary",
            "standby", "secondary",
            "prefer-standby", "preferSecondary");

    // the last @ before the path ends the password, which may have one that isn't encoded
    private static final Pattern PLATFORM = Pattern.compile("(?<scheme>[A-Za-z]+)://(?:(?<login>[^/?]*)@)?"
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
        Matcher jdbc = JDBC_URL.matcher(url);
        if (jdbc.matches()) {
            return ofJdbc(url, jdbc.group("driver"), withoutParameters(url));
        }
        Matcher parts = PLATFORM.matcher(url);
        String driver = parts.matches() ? DRIVERS.get(parts.group("scheme").toLowerCase(Locale.ROOT)) : null;
        if (driver == null) {
            throw new IllegalArgumentException("it is neither one of JDBC, such as jdbc:h2:mem:shop, nor one such as"
                    + " postgres://user:password@host/database");
        }
        String address = JDBC + driver + "://" + hosts(parts) + "/"
                + URLEncoder.encode(database(parts), StandardCharsets.UTF_8).replace("+", "%20");
        Optional<String> login = Optional.ofNullable(parts.group("login"));
        return ofJdbc(address + parameters(parts.group("query")), driver, address)
                .as(
                        login.map(written -> written.split(":", 2)[0])
                                .map(DatabaseAddress::decoded)
                                .filter(user -> !user.isEmpty()),
                        login.filter(written -> written.contains(":"))
                                .map(written -> written.split(":", 2)[1])
                                .map(DatabaseAddress::decoded));
    }

    private static DatabaseAddress ofJdbc(String url, String driver, String shown) {
        if (MEMORY_WITHOUT_NAME.matcher(url).matches()) {
            throw new IllegalArgumentException("without a name, each connection has a database in memory of its own:"
                    + " write one, such as jdbc:h2:mem:shop");
        }
        DatabaseLogin login = DatabaseLogin.of(url, driver);
        return new DatabaseAddress(keptOpen(login.url()), login.user(), login.password(), shown);
    }

    private static String hosts(Matcher parts) {
        String hosts = parts.group("hosts");
        if (!HOSTS.matcher(hosts).matches()) {
            throw new IllegalArgumentException("what should be its host isn't one, with a port after a colon (a / or a"
                    + " ? in the password is written %2F or %3F; there is no way to name a socket in a file)");
        }
        return hosts.isEmpty() ? "localhost" : hosts;
    }

    private static String database(Matcher parts) {
        String written = parts.group("database");
        if (written == null || written.isEmpty()) {
            throw new IllegalArgumentException("it names no database after the host");
        }
        if (written.contains("@")) {
            throw new IllegalArgumentException("an @ comes after the host (a / in the password is written %2F, and an @"
                    + " in the name of the database %40)");
        }
        return decoded(written);
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

    /** Named as the driver has them. In a URL of a platform, a + is itself; for the driver it would be a space. */
    private static String parameters(String query) {
        if (query == null || query.isEmpty()) {
            return "";
        }
        List<String> all = new ArrayList<>();
        for (String each : query.split("&")) {
            String[] parts = each.split("=", 2);
            if (parts[0].equals("host") || parts[0].equals("hostaddr")) {
                throw new IllegalArgumentException(
                        "it names the host by a parameter: write it before the name of the database");
            }
            String name = PARAMETERS.getOrDefault(parts[0], parts[0]);
            String value = parts.length > 1 ? parts[1] : "";
            value = parts[0].equals("target_session_attrs") ? SERVER_TYPES.getOrDefault(value, value) : value;
            all.add(name + (parts.length > 1 ? "=" + value.replace("+", "%2B") : ""));
        }
        return "?" + String.join("&", all);
    }

    /** The address for people: records of databases are in messages, and the password isn't. */
    @Override
    public String toString() {
        return shown;
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
