package dev.bistro;

import dev.bistro.config.Settings;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An application as one of its libraries checks it. */
record ApplicationCheck(
        LoadedLibrary library, Settings settings, FoundClasses found, ReadConfigs configs, Problems problems)
        implements StartupCheck {

    /** Lets each library check the application. */
    static void checkAll(Settings settings, FoundClasses found, ReadConfigs configs, Problems problems) {
        found.ofLibraries()
                .keySet()
                .forEach(library ->
                        library.check(new ApplicationCheck(library, settings, found, configs, problems), problems));
    }

    @Override
    public <R> Optional<R> config(Class<R> record) {
        return configs.find(record);
    }

    @Override
    public List<Class<?>> classes() {
        return Stream.concat(found.all().controllers().stream(), found.all().components().stream())
                .toList();
    }

    @Override
    public void report(Problem problem) {
        problems.add(problem.cure("The library " + library.title() + " reports this; to leave that out: "
                + library.howToLeaveOut() + "."));
    }
}
