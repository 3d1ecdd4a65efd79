package dev.bistro;

import dev.bistro.config.ConfigRecords;
import dev.bistro.config.SettingDescription;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Supplier;

/**
 * What {@code --help} prints: every setting of the server and of the application, with its type, default and purpose.
 */
record Help(Class<?> application, List<ConfigRecords.Section> sections) {
    private static final String HEAD = """
            %s takes settings as arguments: --key=value

            A setting is also taken from, strongest first: a system property (-Dserver.port=9000), the environment
            (SERVER_PORT=9000), the file application.properties in the working directory, the one on the class path.

            --help prints this; --routes prints the routes, and --routes=json the same for programs. Neither starts it.
            """;

    /**
     * Prints a text: the only place of the framework that writes to standard output. Whoever asks a program for help
     * reads the answer there, wherever the log goes.
     */
    static void print(String text) {
        System.out.print(text);
        System.out.flush();
    }

    /**
     * Runs code that makes a text to be printed. What others write to standard output meanwhile, such as a log, goes to
     * standard error, so that a program can read the text alone.
     */
    static <T> T apart(Supplier<T> code) {
        PrintStream output = System.out;
        System.setOut(System.err);
        try {
            return code.get();
        } finally {
            System.setOut(output);
        }
    }

    String text() {
        var text = new StringBuilder(HEAD.formatted(application.getSimpleName()));
        for (ConfigRecords.Section section : sections) {
            String about = section.description().isEmpty() ? "" : ": " + section.description();
            text.append("\n").append(section.prefix()).append(about).append("\n");
            section.settings()
                    .forEach(setting -> text.append("\n  ")
                            .append(line(setting))
                            .append('\n')
                            .append(more(setting)));
        }
        return text.toString();
    }

    private static String line(SettingDescription setting) {
        return setting.key()
                + setting.defaultText()
                        .map(value -> " = " + value)
                        .orElse(setting.isRequired() ? " (required)" : " (may be left out)");
    }

    private static String more(SettingDescription setting) {
        String what = setting.description().isEmpty() ? "" : "      " + setting.description() + "\n";
        return what + "      " + setting.expected() + "\n";
    }
}
