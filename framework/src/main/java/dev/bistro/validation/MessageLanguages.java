package dev.bistro.validation;

import jakarta.validation.MessageInterpolator;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The languages in which violations can be told, with a validator for each: so no thread has to remember whom it works
 * for. They are the languages that the settings name, or else those that the bundles of messages are there for. The
 * first of the settings, or else English, is for clients that understand none of them; the machine's own language
 * doesn't matter.
 */
final class MessageLanguages {
    private static final Locale USUAL = Locale.ENGLISH;
    private static final String OWN_MESSAGES = "ValidationMessages";
    private static final List<String> BUNDLES =
            List.of(OWN_MESSAGES, "ContributorValidationMessages", "org.hibernate.validator.ValidationMessages");

    private final ValidatorFactory provider;
    private final boolean isChosenByApplication;
    private final Locale preset;
    private final List<Locale> configured;
    private final Map<Locale, Validator> validators = new ConcurrentHashMap<>(); // of known languages only
    private volatile Set<Locale> known; // null until it is needed

    /**
     * @param configured the languages of the settings; none for all that there are messages for
     * @param isChosenByApplication whether the application has a MessageInterpolator of its own, which chooses
     */
    MessageLanguages(ValidatorFactory provider, List<Locale> configured, boolean isChosenByApplication) {
        this.provider = provider;
        this.isChosenByApplication = isChosenByApplication;
        this.configured = List.copyOf(configured);
        this.preset = configured.isEmpty() ? USUAL : configured.get(0);
    }

    /** A validator with messages in the best of the preferred languages. */
    Validator validator(List<String> preferred) {
        return validators.computeIfAbsent(locale(preferred), this::validator);
    }

    private Validator validator(Locale language) {
        if (isChosenByApplication) {
            return provider.getValidator();
        }
        MessageInterpolator messages = provider.getMessageInterpolator();
        Locale fixed = isRoot(language) ? Locale.ROOT : language;
        return provider.usingContext()
                .messageInterpolator(new MessageInterpolator() {
                    @Override
                    public String interpolate(String template, Context context) {
                        return messages.interpolate(template, context, fixed);
                    }

                    @Override
                    public String interpolate(String template, Context context, Locale asked) {
                        return messages.interpolate(template, context, asked);
                    }
                })
                .getValidator();
    }

    /** Bundles in English have no language, unless the application has one that has; Java would take the machine's. */
    private static boolean isRoot(Locale language) {
        return language.equals(USUAL) && !isThere(OWN_MESSAGES, language);
    }

    /** The tag of the best of the preferred languages; empty if the application chooses it. */
    Optional<String> tag(List<String> preferred) {
        return isChosenByApplication
                ? Optional.empty()
                : Optional.of(locale(preferred).toLanguageTag());
    }

    private Locale locale(List<String> preferred) {
        if (preferred.isEmpty() || isChosenByApplication) {
            return preset;
        }
        return preferred.stream()
                .map(Locale::forLanguageTag)
                .flatMap(MessageLanguages::withParents)
                .filter(known()::contains)
                .findFirst()
                .orElse(preset);
    }

    /** {@code de-CH} and {@code de}; nothing for what is no tag. */
    private static Stream<Locale> withParents(Locale locale) {
        return ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES)
                .getCandidateLocales(OWN_MESSAGES, locale)
                .stream()
                .filter(candidate -> !candidate.getLanguage().isEmpty());
    }

    private Set<Locale> known() {
        if (known == null) {
            known = configured.isEmpty() ? found() : new HashSet<>(configured);
        }
        return known;
    }

    /** Looked for once, and not by what clients ask for: they could ask for any number. */
    private static Set<Locale> found() {
        Set<String> languages = Arrays.stream(Locale.getISOLanguages())
                .filter(language ->
                        isThere(new Locale.Builder().setLanguage(language).build()))
                .collect(Collectors.toSet());
        Set<Locale> all = Arrays.stream(Locale.getAvailableLocales())
                .map(Locale::stripExtensions)
                .filter(locale -> languages.contains(locale.getLanguage()))
                .filter(MessageLanguages::isThere)
                .collect(Collectors.toSet());
        languages.forEach(
                language -> all.add(new Locale.Builder().setLanguage(language).build()));
        all.add(USUAL);
        return all;
    }

    private static boolean isThere(Locale language) {
        return BUNDLES.stream().anyMatch(bundle -> isThere(bundle, language));
    }

    private static boolean isThere(String bundle, Locale language) {
        String file = bundle.replace('.', '/') + "_" + language + ".properties";
        ClassLoader own = MessageLanguages.class.getClassLoader();
        ClassLoader applications = Thread.currentThread().getContextClassLoader();
        return own.getResource(file) != null
                || applications != null && applications != own && applications.getResource(file) != null;
    }
}
