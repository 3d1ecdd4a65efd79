package dev.bistro;

import java.lang.module.ModuleDescriptor;
import java.util.List;
import java.util.Optional;

/**
 * A library that takes part in every application that has it on its class path or module path. It is found by
 * {@link java.util.ServiceLoader}: the file {@code META-INF/services/dev.bistro.BistroLibrary} has the name of the
 * class, or the module {@code provides dev.bistro.BistroLibrary with acme.audit.AuditLibrary}. The class is public and
 * has a public constructor without parameters.
 *
 * <pre>{@code
 * public final class AuditLibrary implements BistroLibrary {
 *     @Override
 *     public String name() {
 *         return "audit";
 *     }
 *
 *     @Override
 *     public List<Class<?>> classes() {
 *         return List.of(AuditController.class, AuditFilter.class, AuditBeans.class, AuditConfig.class);
 *     }
 * }
 * }</pre>
 *
 * <p>The log of the start then has {@code Library audit 1.2: 1 controller, 1 filter, 1 factory, 1 settings record}.
 * What the application has itself wins over what a library has; two libraries that disagree are a startup fault.
 * {@code Bistro.app(…).without(AuditLibrary.class)} leaves it out.
 */
public interface BistroLibrary {
    /**
     * Its name in logs and faults, which no other library has: letters, digits, dots, hyphens and underscores, such as
     * {@code audit}.
     */
    String name();

    /**
     * Its version for logs and faults, by default that of its module or the {@code Implementation-Version} in its
     * archive's manifest; empty if it isn't known.
     */
    default String version() {
        return Optional.ofNullable(getClass().getModule().getDescriptor())
                .flatMap(ModuleDescriptor::rawVersion)
                .or(() -> Optional.ofNullable(getClass().getPackage().getImplementationVersion()))
                .orElse("");
    }

    /**
     * Its classes, wherever they are: controllers, filters, factories of beans, codecs, converters, classes with
     * methods for exceptions, with hooks, or that implement what is injected, and records with {@code @Config}, which
     * have a prefix that is the library's own. A class of which no object can be made is a startup fault.
     */
    List<Class<?>> classes();

    /**
     * Checks what only the library knows, at startup before any object is made, together with all other checks. What is
     * reported keeps the application from starting.
     *
     * <pre>{@code
     * public void check(StartupCheck start) {
     *     start.config(AuditConfig.class)
     *             .filter(config -> config.file().isEmpty() && config.url().isEmpty())
     *             .ifPresent(config -> start.report(Problem.of("audit-nowhere", "The audit log goes nowhere.")
     *                     .cure("Set audit.file or audit.url.")));
     * }
     * }</pre>
     */
    default void check(StartupCheck start) {}
}
