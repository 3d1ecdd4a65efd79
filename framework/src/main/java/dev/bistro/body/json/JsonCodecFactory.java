package dev.bistro.body.json;

import dev.bistro.http.Converter;
import dev.bistro.json.JsonMapperCustomizer;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.types.Types;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.stream.Stream;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.cfg.MapperBuilder;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes an application's codec of JSON, at startup: by the settings, the modules on the class path, the application's
 * modules, its converters, and at last its customizers. Each goes before those that are named before it.
 */
public final class JsonCodecFactory {
    /** What an application brings of Jackson: its modules, and what customizes the mapper. */
    public static final List<Class<?>> EXTENSIONS = List.of(JacksonModule.class, JsonMapperCustomizer.class);

    /** Names the modules of an archive; looked at, since only where there are some Jackson's classes are needed. */
    private static final String MODULES = "META-INF/services/tools.jackson.databind.JacksonModule";

    private final JsonOptions options;
    private final Problems problems;
    private final List<JsonConversion> conversions = new ArrayList<>();
    private final List<Placed<JacksonModule>> modules = new ArrayList<>();
    private final List<Placed<JsonMapperCustomizer>> customizers = new ArrayList<>();
    private List<JacksonModule> found = List.of();

    private record Placed<T>(T object, Place place) {}

    /** Faults are added to the problems. */
    public JsonCodecFactory(JsonOptions options, Problems problems) {
        this.options = options;
        this.problems = problems;
    }

    /** Adds all modules that {@link java.util.ServiceLoader} finds. */
    public JsonCodecFactory findModules(ClassLoader classPath) {
        try {
            found = mayHaveModules(classPath) ? MapperBuilder.findModules(classPath) : List.of();
        } catch (ServiceConfigurationError | LinkageError e) {
            problems.add(Problem.of("json-module", "A module of Jackson on the class path can't be loaded: " + e)
                    .cure("Take the version that belongs to Jackson's, or take it off the class path.")
                    .cure("json.find-modules=false has Bistro look for none."));
        }
        return this;
    }

    private static boolean mayHaveModules(ClassLoader classPath) {
        try {
            return JsonCodecFactory.class.getModule().isNamed()
                    || classPath.getResources(MODULES).hasMoreElements();
        } catch (IOException unknown) {
            return true;
        }
    }

    /**
     * Adds a module or customizer that the application brings.
     *
     * @param extension an object of one of {@link #EXTENSIONS}
     */
    public JsonCodecFactory add(Object extension, Place place) {
        if (extension instanceof JacksonModule module) {
            modules.add(new Placed<>(module, place));
        }
        if (extension instanceof JsonMapperCustomizer customizer) {
            customizers.add(new Placed<>(customizer, place));
        }
        return this;
    }

    /**
     * Has values of a converter's type be strings in JSON.
     *
     * @param declared what says to which type it converts: its class, or {@code Converter<Money>}; nothing is added if
     *     it doesn't say it
     */
    public JsonCodecFactory addConverter(Type declared, Converter<?> converter, Place place) {
        Types.argument(declared, Converter.class)
                .ifPresent(type -> conversions.add(new JsonConversion(type, converter, place)));
        return this;
    }

    /** The modules that were found, for the log: their names with their versions. */
    public List<String> foundModules() {
        return used().map(module -> module.getModuleName() + " " + module.version())
                .toList();
    }

    /** Those that the application doesn't bring itself. */
    private Stream<JacksonModule> used() {
        return found.stream()
                .filter(module -> modules.stream().noneMatch(own -> own.object.getClass() == module.getClass()));
    }

    /** Whether the codec differs from the usual one. */
    public boolean isAdjusted() {
        return !options.equals(JsonOptions.DEFAULTS)
                || Stream.of(found, conversions, modules, customizers).anyMatch(some -> !some.isEmpty());
    }

    /** The codec. If problems were added, it is the usual one, so that no further problems come of it. */
    public JsonCodec create() {
        int faults = problems.found().size();
        JsonMapper.Builder builder = JsonMapperFactory.builder(options);
        builder.addModule(new ConverterModule(conversions, problems));
        used().forEach(builder::addModule);
        modules.forEach(module -> builder.addModule(module.object));
        customizers.forEach(customizer -> customize(builder, customizer));
        if (problems.found().size() > faults) {
            return new JsonCodec();
        }
        try {
            JsonMapper mapper = builder.build();
            boolean looksAhead = conversions.stream().anyMatch(one -> !one.canFormat());
            var jackson = new JacksonCodec(mapper, looksAhead);
            JsonGuarantees.broken(mapper).forEach(breach -> problems.add(problem(breach)));
            return problems.found().size() > faults
                    ? new JsonCodec()
                    : new JsonCodec(() -> jackson, looksAhead, generated());
        } catch (RuntimeException | LinkageError e) {
            problems.add(problem(e));
            return new JsonCodec();
        }
    }

    /** What generated code writes; none where somebody may have a say in how types are written. */
    private Optional<GeneratedTypes> generated() {
        boolean isUsual = options.naming() == JsonOptions.DEFAULTS.naming()
                && options.inclusion() == JsonOptions.DEFAULTS.inclusion()
                && used().findAny().isEmpty()
                && modules.isEmpty()
                && customizers.isEmpty();
        return isUsual ? Optional.of(new GeneratedTypes(conversions)) : Optional.empty();
    }

    private void customize(JsonMapper.Builder builder, Placed<JsonMapperCustomizer> customizer) {
        try {
            customizer.object.customize(builder);
        } catch (RuntimeException | LinkageError e) {
            problems.add(Problem.of("json-customizer", "The customizer of JSON failed: " + e)
                    .at(customizer.place)
                    .cure("An exception means that JSON can't be read or written as the application needs it."));
        }
    }

    private Problem problem(Throwable fault) {
        String names = String.join(
                ", ",
                Stream.concat(used(), modules.stream().map(Placed::object))
                        .map(JacksonModule::getModuleName)
                        .toList());
        return Problem.of("json-module", "A module of Jackson failed: " + fault)
                .cure("There are: " + (names.isEmpty() ? "none but Bistro's" : names))
                .cure("Take the versions that belong to Jackson's; json.find-modules=false leaves out those that are"
                        + " found on the class path.");
    }

    private Problem problem(JsonGuarantees.Breach breach) {
        Problem problem = Problem.of("json-guarantee", breach.what());
        for (Place place : Stream.concat(
                        customizers.stream().map(Placed::place),
                        modules.stream().map(Placed::place))
                .toList()) {
            problem = problem.at(place);
        }
        return problem.cure(breach.cure());
    }
}
