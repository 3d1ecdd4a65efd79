package dev.bistro;

import dev.bistro.startup.Problem;
import dev.bistro.startup.StartupException;
import java.util.List;
import java.util.Optional;

/** What a command line asks for: settings, and perhaps something to print in the place of a start. */
record Command(List<String> all) {
    private static final String HELP = "--help";
    private static final String ROUTES = "--routes";

    static Command of(String... args) {
        return new Command(List.of(args));
    }

    /** The arguments that are settings. */
    String[] settings() {
        return all.stream().filter(argument -> !isCommand(argument)).toArray(String[]::new);
    }

    private static boolean isCommand(String argument) {
        return argument.equals(HELP) || argument.equals(ROUTES) || argument.startsWith(ROUTES + "=");
    }

    /**
     * What is to be printed; empty if the application is to be started.
     *
     * @throws StartupException if the application couldn't start
     */
    Optional<String> printed(BistroBuilder application) {
        if (all.contains(HELP)) {
            return Optional.of(application.help().text());
        }
        List<String> asked = all.stream().filter(Command::isCommand).distinct().toList();
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        String last = asked.get(asked.size() - 1);
        return Optional.of(
                switch (last) {
                    case ROUTES -> Help.apart(application::routes).table();
                    case ROUTES + "=json" -> Help.apart(application::routes).json();
                    default -> throw unknown(last);
                });
    }

    private static StartupException unknown(String argument) {
        return new StartupException(List.of(Problem.of("unknown-format", "Routes aren't printed by " + argument + ".")
                .cure("Write --routes for a table, or --routes=json for programs.")));
    }
}
