package dev.bistro.config;

import dev.bistro.config.ComponentReader.Reading;
import dev.bistro.startup.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether a setting may be in a file of its own, as orchestrators hand over secrets:
 * {@code SHOP_PASSWORD_FILE=/run/secrets/password}.
 */
enum SecretFile {
    /** It is a secret. */
    READ,
    /** It looks like a secret, but a file of its own would be passed over. */
    REFUSED,
    /** It isn't, or another component is called so. */
    NONE;

    static final String SUFFIX = "-file";

    /** What an element of a list of these may: no file has one. */
    SecretFile ofElement() {
        return NONE;
    }

    /** Whether a file is named for a key. */
    boolean isSet(String key, Settings settings) {
        return this != NONE && file(key, settings).isPresent();
    }

    private static Optional<Setting> file(String key, Settings settings) {
        return settings.found(key + SUFFIX)
                .map(ResolvedSetting::setting)
                .filter(file -> !file.value().isBlank());
    }

    boolean knows(String rest) {
        return this == READ && rest.equals(SUFFIX);
    }

    /** What the file has; what is wrong with it goes to the problems. */
    Optional<ResolvedSetting> read(String key, Optional<ResolvedSetting> text, Reading reading) {
        Setting file = file(key, reading.settings()).orElseThrow();
        if (this == REFUSED) {
            reading.problems()
                    .add(Problem.of(
                                    "secret-file-for-text",
                                    "A file is given for \"" + key + "\" (" + file.source()
                                            + "), which is not read from one.")
                            .cure("Make the component a Secret, or an Optional of one; or set " + key + " itself."));
            return text;
        }
        if (text.isPresent()) {
            reading.problems()
                    .add(Problem.of("two-secrets", "\"" + key + "\" is set, and so is a file for it.")
                            .cure("They come from the " + text.get().setting().source() + " and the " + file.source()
                                    + ". Leave one of them."));
            return text;
        }
        try {
            String secret = Files.readString(Path.of(file.value().strip()));
            return Optional.of(new ResolvedSetting(new Setting(key, secret, "file of the " + file.source()), true));
        } catch (IOException | InvalidPathException e) {
            reading.problems()
                    .add(Problem.of("unreadable-secret", "The file of \"" + key + "\" can't be read: " + e + ".")
                            .cure("It is named by the " + file.source()
                                    + ", has the secret and nothing else, in UTF-8."));
            return Optional.of(new ResolvedSetting(new Setting(key, "unread", file.source()), true));
        }
    }
}
