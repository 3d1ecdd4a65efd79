package dev.bistro;

import dev.bistro.body.BodyCodecs;
import dev.bistro.body.json.ApplicationJson;
import dev.bistro.body.json.JsonCodec;
import dev.bistro.body.json.JsonCodecFactory;
import dev.bistro.body.json.JsonOptions;
import dev.bistro.body.json.StandardCodecs;
import dev.bistro.http.Converter;
import dev.bistro.inject.Contribution;
import dev.bistro.startup.Problems;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the codec of JSON that all of an application reads and writes by. */
record JsonAssembly(Extensions extensions, ApplicationJson json, Problems problems) {
    private static final Logger LOG = LoggerFactory.getLogger(Bistro.class);

    /**
     * The codecs with this one.
     *
     * @param settings empty if these have faults
     * @param classPath where modules of Jackson are looked for
     * @param usual gives the codecs of an application that changes nothing of JSON
     */
    BodyCodecs codecs(Optional<JsonSettings> settings, ClassLoader classPath, Supplier<BodyCodecs> usual) {
        var brought = new ArrayList<Contribution>();
        for (Class<?> port : JsonCodecFactory.EXTENSIONS) {
            brought.addAll(extensions.all(port));
        }
        boolean made = problems.allowObjects();
        if (!made && !brought.isEmpty()) {
            json.set(JsonCodec.byJackson());
            return extensions.standIns(); // what they change isn't known
        }
        var factory =
                new JsonCodecFactory(settings.isPresent() ? settings.get().options() : JsonOptions.DEFAULTS, problems);
        if (settings.isPresent() && settings.get().findModules()) {
            factory.findModules(classPath);
        }
        for (Contribution one : brought) {
            factory.add(one.object().get(), one.place());
        }
        for (Contribution one : extensions.all(Converter.class)) {
            factory.addConverter(one.type(), extensions.converter(one, made), one.place());
        }
        if (!factory.isAdjusted()) {
            return usual.get();
        }
        if (made && !factory.foundModules().isEmpty()) {
            LOG.info("Jackson's modules on the class path: {}", String.join(", ", factory.foundModules()));
        }
        JsonCodec codec = factory.create();
        json.set(codec);
        return StandardCodecs.of(codec);
    }
}
