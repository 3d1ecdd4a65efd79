package dev.bistro;

import dev.bistro.annotation.Config;
import dev.bistro.annotation.Description;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;

/** The settings whose keys begin with {@code validation.}. */
@Config("validation")
@Description("what clients are told about constraints")
record ValidationSettings(
        @Description("the languages of the messages, with commas: en,de-CH; the first is for clients that ask for"
                + " none of them; all that there are messages for unless it is set, and English first")
        List<String> languages) {
    /** What holds where nothing is set. */
    static final ValidationSettings DEFAULTS = new ValidationSettings(List.of());

    /** Checks that they are tags of languages. */
    ValidationSettings {
        languages.forEach(ValidationSettings::locale);
    }

    private static Locale locale(String tag) {
        try {
            return new Locale.Builder().setLanguageTag(tag).build();
        } catch (IllformedLocaleException e) {
            throw new IllegalArgumentException(
                    "languages has \"" + tag + "\", which is no tag of a language such as en or de-CH");
        }
    }

    /** The languages. */
    List<Locale> locales() {
        return languages.stream().map(ValidationSettings::locale).toList();
    }
}
