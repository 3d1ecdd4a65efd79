package dev.bistro.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bistro.annotation.DenyAll;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.PermitAll;
import dev.bistro.annotation.RolesAllowed;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.WebSocket;
import dev.bistro.auth.Authenticator;
import dev.bistro.auth.Login;
import dev.bistro.body.json.StandardCodecs;
import dev.bistro.controller.DispatcherFactory;
import dev.bistro.scan.ApplicationClasses;
import dev.bistro.startup.Golden;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.io.ByteArrayOutputStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the startup report says about who may call. */
class AccessFaultsTest {
    private final Problems problems = new Problems();

    private void expect(String golden, boolean canLogIn, Class<?>... classes) {
        look(canLogIn, classes);
        Golden.assertGolden(golden, problems);
    }

    private void look(boolean canLogIn, Class<?>... classes) {
        ApplicationClasses found = ApplicationClasses.of(Arrays.asList(classes), problems);
        var guards = new LoginGuards();
        if (canLogIn) {
            guards.add(Authenticator.of("None", request -> Optional.empty()));
        }
        new DispatcherFactory(StandardCodecs.create(), problems)
                .setGuards(guards)
                .withoutClientCertificates()
                .create(found.controllers(), type -> {
                    throw new AssertionError("No object is made where something is wrong: " + type);
                });
    }

    @RolesAllowed("admin")
    @Retention(RetentionPolicy.RUNTIME)
    @interface AdminsOnly {}

    @Route("/a")
    static final class Contradicting {
        @Get("/both")
        @RolesAllowed("admin")
        @PermitAll
        String both() {
            return "";
        }

        @Get("/meta")
        @RolesAllowed("editor")
        @AdminsOnly
        String meta() {
            return "";
        }

        @Get("/libraries")
        @DenyAll
        @jakarta.annotation.security.PermitAll
        String libraries() {
            return "";
        }

        @Get("/same")
        @RolesAllowed("admin")
        @AdminsOnly
        @jakarta.annotation.security.RolesAllowed("admin")
        String same() {
            return "";
        }
    }

    @Test
    void twoRulesInOnePlace() {
        expect("two-access-rules", true, Contradicting.class);
    }

    @Route("/a")
    static final class WithoutRoles {
        @Get("/none")
        @RolesAllowed({})
        String none() {
            return "";
        }

        @Get("/blank")
        @RolesAllowed({"admin", " "})
        String blank() {
            return "";
        }
    }

    @Test
    void noRoles() {
        expect("no-roles", true, WithoutRoles.class);
    }

    @Route("/a")
    static final class Opened {
        @Get
        @PermitAll
        String open(Principal who) {
            return "";
        }
    }

    @Test
    void aParameterThatNeedsALoginOnAMethodForEverybody() {
        expect("login-of-anybody", true, Opened.class);
    }

    @Route("/a")
    static final class Guarded {
        @Get
        @RolesAllowed("admin")
        String guarded() {
            return "";
        }
    }

    @Route("/b")
    static final class Open {
        @Get
        String open(Optional<Login> login) {
            return "";
        }
    }

    @Test
    void nobodyCanLogIn() {
        expect("nobody-can-log-in", false, Guarded.class, Open.class);
    }

    @Test
    void nobodyNeedsTo() {
        var factory = new DispatcherFactory(StandardCodecs.create(), problems).withoutClientCertificates();
        factory.create(List.of(Open.class), type -> new Open());
        assertEquals(List.of(), problems.found());
    }

    @RolesAllowed("admin")
    static final class Service {}

    static final class ServiceWithMethods {
        @jakarta.annotation.security.DenyAll
        void notARoute() {}
    }

    static final class ServiceOfOnesOwn {
        @AdminsOnly
        void notARoute() {}
    }

    @Route("/a")
    static final class WithoutVerb {
        @Get
        String route() {
            return "";
        }

        @RolesAllowed("admin")
        String notARoute() {
            return "";
        }

        @jakarta.annotation.security.RolesAllowed("admin")
        String notARouteEither() {
            return "";
        }
    }

    @WebSocket("/ws")
    static final class Socket {
        @OnMessage
        @RolesAllowed("admin")
        void message(String text) {}
    }

    @Test
    void whereItGuardsNothing() {
        expect(
                "useless-guard",
                true,
                Service.class,
                ServiceWithMethods.class,
                ServiceOfOnesOwn.class,
                WithoutVerb.class,
                Socket.class);
    }

    // ---- annotations whose classes are missing

    /** Each is named where it counts: on a class or method, of an interface, of a superclass, of an annotation. */
    private static final String LOST = """
            package lost;

            import dev.bistro.annotation.*;
            import jakarta.annotation.security.DenyAll;
            import jakarta.annotation.security.PermitAll;
            import jakarta.annotation.security.RolesAllowed;
            import java.lang.annotation.*;

            @Route("/a") final class OnMethod { @Get @RolesAllowed("admin") String get() { return ""; } }
            @Route("/b") @DenyAll class OnClass { @Get String get() { return ""; } }
            interface Above { @RolesAllowed("admin") String get(); }
            @Route("/c") final class OnInterface implements Above { @Get public String get() { return ""; } }
            class Base { @Get @RolesAllowed("admin") String get() { return ""; } }
            @Route("/d") final class OnSuperclass extends Base {}
            @Retention(RetentionPolicy.RUNTIME) @RolesAllowed("admin") @interface Admins {}
            @Route("/e") final class OnAnnotation { @Get @Admins String get() { return ""; } }
            @WebSocket("/f") @PermitAll final class OnSocket { @OnMessage void message(String text) {} }
            @Route("/g") final class Fine { @Get @dev.bistro.annotation.PermitAll String get() { return ""; } }
            """;

    @Test
    void annotationsWhoseClassesAreMissing(@TempDir Path folder) throws Exception {
        Path source = Files.writeString(folder.resolve("Lost.java"), LOST);
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, null, new ByteArrayOutputStream(), "-proc:none", "-d", folder.toString(), source.toString());
        assertEquals(0, failed);
        try (var loader = new WithoutJakarta(folder.toUri().toURL())) {
            Class<?>[] classes = loader.all(
                    "OnMethod", "OnClass", "OnInterface", "OnSuperclass", "OnAnnotation", "OnSocket", "Fine");
            look(true, classes);
            assertEquals(
                    List.of("Above", "Admins", "Base", "OnClass", "OnMethod", "OnSocket"),
                    problems.found().stream()
                            .filter(problem -> problem.id().equals("lost-annotation"))
                            .map(problem ->
                                    problem.what().substring(0, problem.what().indexOf(' ')))
                            .sorted()
                            .toList());
            assertEquals(6, problems.found().size());
        }
        var one = new Problems();
        problems.found().stream()
                .filter(problem -> problem.what().startsWith("OnMethod"))
                .map(problem -> new Problem(problem.id(), problem.what(), List.of(), problem.cures()))
                .forEach(one::add);
        Golden.assertGolden("lost-annotation", one);
    }

    @Test
    void theFilesOfAnApplicationAreLookedAtToo(@TempDir Path folder) throws Exception {
        Path source = Files.writeString(
                folder.resolve("Lost.java"),
                "package lost; @dev.bistro.annotation.StaticFiles(from = \"" + folder + "\")"
                        + " @jakarta.annotation.security.DenyAll class Shop {}");
        ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", folder.toString(), source.toString());
        try (var loader = new WithoutJakarta(folder.toUri().toURL())) {
            new DispatcherFactory(StandardCodecs.create(), problems)
                    .addStaticFiles(loader.all("Shop")[0])
                    .create(List.of(), type -> type);
        }
        assertEquals("lost-annotation", problems.found().get(0).id());
    }

    /** Has the classes of a folder, and all others but those of jakarta.annotation. */
    private static final class WithoutJakarta extends URLClassLoader {
        WithoutJakarta(URL folder) {
            super(new URL[] {folder}, null);
        }

        Class<?>[] all(String... names) throws ClassNotFoundException {
            Class<?>[] all = new Class<?>[names.length];
            for (int i = 0; i < names.length; i++) {
                all[i] = loadClass("lost." + names[i]);
            }
            return all;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("jakarta.annotation.")) {
                throw new ClassNotFoundException(name);
            }
            return name.startsWith("lost.")
                    ? super.findClass(name)
                    : AccessFaultsTest.class.getClassLoader().loadClass(name);
        }

        @Override
        public URL getResource(String name) {
            return name.startsWith("lost/") ? findResource(name) : super.getResource(name);
        }
    }
}
