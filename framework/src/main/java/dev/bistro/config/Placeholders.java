package dev.bistro.config;

import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Replaces placeholders by the values of other settings.
 *
 * <pre>
 * text        = *( character / placeholder / "\${" )
 * placeholder = "${" name [ ":" default ] "}"
 * name        = text       ; without ":" and "}", except in placeholders of its own
 * default     = text       ; the value if there is no setting of that name
 * </pre>
 *
 * <p>Used once, for one setting.
 */
final class Placeholders {
    private static final String BEGIN = "${";

    private final Function<String, Optional<Setting>> settings;
    private final Predicate<String> secrets;
    private final String subject;
    private final UnaryOperator<Problem> located;
    private final List<String> open = new ArrayList<>();
    private final List<String> from = new ArrayList<>();
    private boolean isSecret;

    /** A placeholder has a fault. */
    static final class Fault extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        Fault(Problem problem) {
            super(problem.what());
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }

    /**
     * @param subject what has the placeholders, for faults
     * @param located adds to a fault where that is
     */
    private Placeholders(
            Function<String, Optional<Setting>> settings,
            Predicate<String> secrets,
            String subject,
            UnaryOperator<Problem> located) {
        this.settings = settings;
        this.secrets = secrets;
        this.subject = subject;
        this.located = located;
    }

    /** Whether a text has placeholders, escaped ones included. */
    static boolean areIn(String text) {
        return text.contains(BEGIN);
    }

    /**
     * Replaces the placeholders of a setting.
     *
     * @param settings finds other settings as they are written
     * @param secrets which keys are those of secrets, though they don't look so
     * @throws Fault if a placeholder names no setting, or leads back to itself
     */
    static ResolvedSetting resolve(
            Setting written, Function<String, Optional<Setting>> settings, Predicate<String> secrets) {
        if (!areIn(written.value())) {
            return new ResolvedSetting(written, false);
        }
        String subject = "The setting \"" + written.key() + "\"";
        return new Placeholders(
                        settings, secrets, subject, fault -> fault.cure("It comes from the " + written.source() + "."))
                .resolved(written);
    }

    /**
     * Replaces the placeholders of a text that isn't a setting.
     *
     * @param written the text with what stands around it, for faults
     * @throws Fault if a placeholder names no setting, or leads back to itself
     */
    static String replace(
            String text,
            String written,
            Place place,
            Function<String, Optional<Setting>> settings,
            Predicate<String> secrets) {
        return new Placeholders(settings, secrets, written, fault -> fault.at(place)).resolved(text);
    }

    private ResolvedSetting resolved(Setting written) {
        open.add(written.key());
        String value = resolved(written.value());
        String source = from.isEmpty() ? written.source() : written.source() + ", with " + String.join(", ", from);
        return new ResolvedSetting(new Setting(written.key(), value, source), isSecret);
    }

    private String resolved(String text) {
        var resolved = new StringBuilder();
        int at = 0;
        for (int begin = text.indexOf(BEGIN); begin >= 0; begin = text.indexOf(BEGIN, at)) {
            int slashes = slashesBefore(text, begin, at);
            resolved.append(text, at, begin - slashes).append("\\".repeat(slashes / 2));
            if (slashes % 2 == 1) {
                resolved.append(BEGIN);
                at = begin + BEGIN.length();
            } else {
                int end = end(text, begin);
                resolved.append(value(text.substring(begin + BEGIN.length(), end)));
                at = end + 1;
            }
        }
        return resolved.append(text, at, text.length()).toString();
    }

    private static int slashesBefore(String text, int begin, int from) {
        int at = begin;
        while (at > from && text.charAt(at - 1) == '\\') {
            at--;
        }
        return begin - at;
    }

    /** The index of the brace that ends the placeholder at an index. Braces inside of it must come in pairs. */
    private int end(String text, int begin) {
        int depth = 0;
        for (int i = begin; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (c == '}' && depth == 0) {
                return i;
            }
        }
        throw new Fault(problem("bad-placeholder", " begins a placeholder, and doesn't end it.")
                .cure("Write ${key}, ${key:default}, or \\${ where it is meant as it stands."));
    }

    /** The index of the colon before the default, or -1. Colons in nested placeholders don't count. */
    private static int colon(String placeholder) {
        int depth = 0;
        for (int i = 0; i < placeholder.length(); i++) {
            char c = placeholder.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (c == ':' && depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private String value(String placeholder) {
        int colon = colon(placeholder);
        String name = resolved(colon < 0 ? placeholder : placeholder.substring(0, colon))
                .strip();
        Optional<Setting> setting = name.isEmpty() ? Optional.empty() : settings.apply(name);
        if (setting.isPresent()) {
            return value(name, setting.get());
        }
        if (name.isEmpty() || colon < 0) {
            throw new Fault(unresolved(name));
        }
        return resolved(placeholder.substring(colon + 1));
    }

    private String value(String name, Setting setting) {
        if (open.contains(name)) {
            open.add(name);
            throw new Fault(problem(
                            "circular-placeholder",
                            " has a placeholder without an end: "
                                    + String.join(" → ", open.subList(open.indexOf(name), open.size())) + ".")
                    .cure("Write the value itself in one of them."));
        }
        isSecret |= Setting.isSecret(name) || secrets.test(name);
        from.add("${" + name + "} from " + setting.source());
        open.add(name);
        String value = resolved(setting.value());
        open.remove(open.size() - 1);
        return value;
    }

    private Problem unresolved(String name) {
        return problem("unresolved-placeholder", " has ${" + name + "}, and there is no setting \"" + name + "\".")
                .cure("Set it, or write what counts without it: ${" + name + ":…}.")
                .cure("A text that is meant as it stands is written \\${…}.");
    }

    private Problem problem(String id, String what) {
        return located.apply(Problem.of(id, subject + what));
    }
}
