package dev.bistro.index.json;

import dev.bistro.json.generated.GeneratedJson;
import java.io.IOException;
import java.io.Writer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.FilerException;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.tools.Diagnostic;

/** Writes the sources for the types of a compilation. */
public final class JsonSources {
    private final ProcessingEnvironment environment;
    private final Elements elements;
    private final Set<TypeElement> compiled = new HashSet<>();
    private final Set<TypeElement> done = new HashSet<>();

    /** For one run of the compiler. */
    public JsonSources(ProcessingEnvironment environment) {
        this.environment = environment;
        this.elements = environment.getElementUtils();
    }

    /** Adds the sources for what the classes of a round give and take. */
    public void add(RoundEnvironment round) {
        if (round.processingOver()) {
            return; // what is written now would be compiled, but no processor would see it
        }
        Set<TypeElement> roots = ElementFilter.typesIn(round.getRootElements());
        roots.forEach(this::addCompiled);
        var used = new UsedTypes(environment);
        roots.forEach(used::addOf);
        compiled.stream().filter(this::wasGenerated).forEach(used::add);
        Set<TypeElement> wanted = used.records();
        wanted.retainAll(compiled);
        var rules = new JsonRules(environment, compiled);
        wanted.stream().filter(done::add).forEach(type -> write(type, rules));
    }

    private void addCompiled(TypeElement type) {
        compiled.add(type);
        ElementFilter.typesIn(type.getEnclosedElements()).forEach(this::addCompiled);
    }

    /** Whether a class that is compiled again, perhaps alone, had code before. */
    private boolean wasGenerated(TypeElement type) {
        return elements.getTypeElement(elements.getBinaryName(type) + GeneratedJson.SUFFIX) != null;
    }

    private void write(TypeElement type, JsonRules rules) {
        String name = elements.getBinaryName(type) + GeneratedJson.SUFFIX;
        Optional<String> obstacle = rules.obstacle(type);
        String source = obstacle.isPresent()
                ? ObstacleSource.of(packageOf(type), name, obstacle.get())
                : new WriterSource(type, rules, environment).text();
        try (Writer file = environment.getFiler().createSourceFile(name, type).openWriter()) {
            file.write(source);
        } catch (FilerException isThere) {
            note(type, isThere);
        } catch (IOException e) {
            note(type, e);
        }
    }

    private String packageOf(TypeElement type) {
        return elements.getPackageOf(type).getQualifiedName().toString();
    }

    private void note(TypeElement type, IOException fault) {
        environment
                .getMessager()
                .printMessage(Diagnostic.Kind.NOTE, "Bistro generates no JSON for " + type + ": " + fault);
    }
}
