package dev.bistro.data.transaction;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL of JDBC and the login that was in it. The driver gets a login beside its URL: so the settings can replace it,
 * and whoever writes the URL into a log writes no password.
 *
 * @param url without the login, where it is known how the driver writes that
 */
record DatabaseLogin(String url, Optional<String> user, Optional<String> password) {
    /** How parameters are written: what comes before the first one, and between two. */
    private enum Style {
        QUERY('?', "&"),
        LIST(';', ";");

        private final char first;
        private final String between;

        Style(char first, String between) {
            this.first = first;
            this.between = between;
        }
    }

    /** Drivers whose parameters may have the login, and how a value is decoded. */
    private record Spelling(Style style, UnaryOperator<String> decoded) {}

    private static final Map<String, Spelling> SPELLINGS = Map.of(
            "postgresql", new Spelling(Style.QUERY, DatabaseLogin::decodedAsForm),
            "mysql", new Spelling(Style.QUERY, DatabaseLogin::decodedAsForm),
            "mariadb", new Spelling(Style.QUERY, UnaryOperator.identity()),
            "h2", new Spelling(Style.LIST, UnaryOperator.identity()),
            "sqlserver", new Spelling(Style.LIST, UnaryOperator.identity()));

    private static final Pattern MYSQL = Pattern.compile(
            "(?<scheme>jdbc:mysql:(?:\\w+:)?//)(?<user>[^/?@:,()]*)(?::(?<password>[^/?@,()]*))?@(?<rest>[^@]*)");
    private static final Pattern ORACLE =
            Pattern.compile("(?<scheme>jdbc:oracle:\\w+:)(?<user>[^/@]+)/(?<password>[^@]+)@(?<rest>.*)");
    private static final String BRACE = "{"; // of SQL Server, around a value with a semicolon

    /** Takes the login out of a URL. */
    static DatabaseLogin of(String url, String driver) {
        Matcher mysql = MYSQL.matcher(url);
        if (mysql.matches()) {
            return split(mysql, "", DatabaseLogin::decodedAsForm);
        }
        Matcher oracle = ORACLE.matcher(url);
        if (oracle.matches()) {
            return split(oracle, "@", UnaryOperator.identity());
        }
        Spelling spelling = SPELLINGS.get(driver);
        return spelling == null || url.contains(BRACE)
                ? new DatabaseLogin(url, Optional.empty(), Optional.empty())
                : of(url, spelling);
    }

    private static DatabaseLogin split(Matcher parts, String before, UnaryOperator<String> decoded) {
        return new DatabaseLogin(
                parts.group("scheme") + before + parts.group("rest"),
                Optional.ofNullable(parts.group("user"))
                        .filter(user -> !user.isEmpty())
                        .map(decoded),
                Optional.ofNullable(parts.group("password")).map(decoded));
    }

    private static DatabaseLogin of(String url, Spelling spelling) {
        Style style = spelling.style;
        int start = url.indexOf(style.first);
        if (start < 0) {
            return new DatabaseLogin(url, Optional.empty(), Optional.empty());
        }
        Optional<String> user = Optional.empty();
        Optional<String> password = Optional.empty();
        List<String> others = new ArrayList<>();
        for (String each : url.substring(start + 1).split(style.between, -1)) {
            String[] parts = each.split("=", 2);
            String value = parts.length > 1 ? parts[1] : "";
            switch (parts[0].strip().toLowerCase(Locale.ROOT)) {
                case "user", "username" -> user = Optional.of(spelling.decoded.apply(value));
                case "password" -> password = Optional.of(spelling.decoded.apply(value));
                default -> others.add(each);
            }
        }
        String rest = String.join(style.between, others);
        return new DatabaseLogin(url.substring(0, start) + (rest.isEmpty() ? "" : style.first + rest), user, password);
    }

    /** As these drivers do it. */
    private static String decodedAsForm(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "a % in it is not followed by two hexadecimal digits" + " (a % itself is written %25)");
        }
    }
}
