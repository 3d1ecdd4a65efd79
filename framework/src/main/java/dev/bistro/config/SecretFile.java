package dev.bistro.config;

import dev.bistro.config.ComponentReader.Context;
import dev.bistro.startup.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether a setting may be in a file of its own, which is how orchestrators pass secrets:
 * {@code SHOP_PASSWORD_FILE=/run/secrets/password}.
 */
enum SecretFile {
    /** The setting is a secret: the file is read. */
    READ,
    /** The key looks like a secret's, but the type is another: a file is a problem, since it would be ignored. */
    REFUSED,
    /** The setting is no secret, or another component has the name that would name the file. */
    NONE;

    static final String SUFFIX = "-file";

    /** Whether a file is given for a key. */
    boolean isSet(String key, Settings settings) {
        return this != NONE && file(key, settings).isPresent();
    }

    private static Optional<Setting> file(String key, Settings settings) {
        return settings.found(key + SUFFIX)
                .map(ResolvedSetting::setting)
                .filter(file -> !file.value().isBlank());
    }

    boolean isKey(String rest) {
        return this == READ && rest.equals(SUFFIX);
    }

    /** The text in the file; faults are added to the problems. */
    Optional<ResolvedSetting> read(String key, Optional<ResolvedSetting> text, Context context) {
        Setting file = file(key, context.settings()).orElseThrow();
        if (this == REFUSED) {
            context.problems()
                    .add(Problem.of(
                                    "secret-file-for-text",
                                    "A file is given for \"" + key + "\" (" + file.source()
                                            + "), which is not read from one.")
                            .cure("Make the component a Secret, or an Optional of one; or set " + key + " itself."));
            return text;
        }
        if (text.isPresent()) {
            context.problems()
                    .add(Problem.of("two-secrets", "\"" + key + "\" is set, and so is a file for it.")
                            .cure("They come from the " + text.get().setting().source() + " and the " + file.source()
                                    + ". Leave one of them."));
            return text;
        }
        try {
            String secret = Files.readString(Path.of(file.value().strip()));
            return Optional.of(new ResolvedSetting(new Setting(key, secret, "file of the " + file.source()), true));
        } catch (IOException | InvalidPathException e) {
            context.problems()
                    .add(Problem.of("unreadable-secret", "The file of \"" + key + "\" can't be read: " + e + ".")
                            .cure("It is named by the " + file.source()
                                    + ", has the secret and nothing else, in UTF-8."));
            return Optional.of(new ResolvedSetting(new Setting(key, "unread", file.source()), true));
        }
    }
}
