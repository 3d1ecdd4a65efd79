package dev.bistro.data.redis;

import dev.bistro.http.BadRequestException;
import dev.bistro.http.PercentCoding;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where Redis is: {@code redis://user:password@host:6379/0}, or {@code rediss://} for a connection by TLS.
 *
 * @param isTls whether it is spoken to by TLS
 * @param host a name or an address; one of IPv6 is without brackets
 * @param database which of its numbered databases; 0 as a rule
 * @param user who logs in, if it isn't the default user
 * @param password if it wants one
 */
public record RedisAddress(
        boolean isTls, String host, int port, int database, Optional<String> user, Optional<String> password) {
    private static final int PORT = 6379;
    private static final int LARGEST_PORT = 65_535;

    // the last @ before the path ends the password, which may have one that isn't encoded
    private static final Pattern SYNTAX = Pattern.compile("redis(?<tls>s?)://(?:(?<login>[^/?]*)@)?"
            + "(?<host>\\[[0-9A-Fa-f:.%]+\\]|[^/?@:,\\[\\]\\s]*)(?::(?<port>[0-9]{1,5}))?"
            + "(?:/(?<database>[0-9]{0,5}))?");

    /**
     * Reads an address: {@code of("redis://:a%40b@cache")} is port 6379 of the host cache, with the password a@b.
     *
     * @throws IllegalArgumentException if it is none; the message doesn't show it
     */
    public static RedisAddress of(String url) {
        Matcher parts = SYNTAX.matcher(url);
        if (!parts.matches()) {
            throw new IllegalArgumentException("it isn't of the form redis://user:password@host:port/database, or"
                    + " rediss:// for TLS, with one host and without parameters");
        }
        int port = parts.group("port") == null ? PORT : Integer.parseInt(parts.group("port"));
        if (port < 1 || port > LARGEST_PORT) {
            throw new IllegalArgumentException("its port isn't from 1 to " + LARGEST_PORT);
        }
        String host = parts.group("host").replaceAll("[\\[\\]]", "");
        String database = parts.group("database");
        Optional<String> login = Optional.ofNullable(parts.group("login"));
        return new RedisAddress(
                !parts.group("tls").isEmpty(),
                host.isEmpty() ? "localhost" : host,
                port,
                database == null || database.isEmpty() ? 0 : Integer.parseInt(database),
                login.map(written -> written.split(":", 2)[0])
                        .map(RedisAddress::decoded)
                        .filter(user -> !user.isEmpty()),
                login.filter(written -> written.contains(":"))
                        .map(written -> written.split(":", 2)[1])
                        .map(RedisAddress::decoded)
                        .filter(password -> !password.isEmpty()));
    }

    private static String decoded(String text) {
        try {
            return PercentCoding.decode(text, 0, text.length());
        } catch (BadRequestException e) {
            throw new IllegalArgumentException("a % in it is not followed by two hexadecimal digits, or it isn't UTF-8"
                    + " (a % itself is written %25)");
        }
    }

    /** This for a user, in place of the one of the URL. */
    public RedisAddress as(Optional<String> other, Optional<String> itsPassword) {
        return new RedisAddress(isTls, host, port, database, other.or(() -> user), itsPassword.or(() -> password));
    }

    /** The address for people: {@code redis://cache:6379/0}, without a user and a password. */
    public String shown() {
        String there = host.contains(":") ? "[" + host + "]" : host;
        return (isTls ? "rediss://" : "redis://") + there + ":" + port + "/" + database;
    }

    /** The address for people. */
    @Override
    public String toString() {
        return shown();
    }
}
