package dev.bistro;

import dev.bistro.http.CookieSigner;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The settings whose keys begin with {@code bistro.}.
 *
 * @param dev whether errors tell the developer more than they may tell others: the routes that were nearly meant, and the cause of a 500
 * @param cookieSecrets what cookies are signed with, separated by commas: the first signs, all verify
 */
record BistroSettings(boolean dev, String cookieSecrets) {
    private static final String NOT_USED = "a secret for a program that won't start";

    static final BistroSettings DEFAULTS = new BistroSettings(false, "");

    /** What signs cookies, if there is a secret for it. */
    Optional<CookieSigner> cookieSigner(Problems problems) {
        List<String> secrets = Stream.of(cookieSecrets.split(","))
                .map(String::strip)
                .filter(secret -> !secret.isEmpty())
                .toList();
        if (secrets.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(CookieSigner.of(secrets));
        } catch (IllegalArgumentException tooShort) {
            problems.add(Problem.of(
                            "weak-secret",
                            "The setting \"bistro.cookie-secrets\" is too weak: " + tooShort.getMessage() + ".")
                    .cure("Make one by chance: openssl rand -base64 32"));
            return Optional.of(CookieSigner.of(List.of(NOT_USED))); // what needs one doesn't lack it as well
        }
    }
}
