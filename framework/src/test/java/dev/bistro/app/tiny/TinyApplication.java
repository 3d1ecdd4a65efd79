package dev.bistro.app.tiny;

import dev.bistro.Bistro;
import dev.bistro.annotation.Config;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Description;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.OnStart;
import dev.bistro.annotation.OnStop;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Route;
import dev.bistro.config.Secret;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * A whole application, started as a process of its own by {@code ProcessTest} and in this one by {@code FrontDoorTest}.
 */
public final class TinyApplication {
    private TinyApplication() {}

    public static void main(String[] args) {
        Bistro.run(TinyApplication.class, args);
    }

    public interface Greeting {
        String to(String name);
    }

    @Singleton
    public static final class Hello implements Greeting, AutoCloseable {
        private static int closed;

        /** How many were closed so far. */
        public static int closed() {
            return closed;
        }

        @Override
        public String to(String name) {
            return "Hello, " + name + "!";
        }

        @Override
        public void close() {
            closed++;
            System.out.println("closed");
        }
    }

    record Guest(String name) {}

    /** Of each the strongest source is in its name. */
    record Sources(
            @DefaultValue("default") String defaults,
            @DefaultValue("default") String classPath,
            @DefaultValue("default") String directory,
            @DefaultValue("default") String environment,
            @DefaultValue("default") String property,
            @DefaultValue("default") String argument) {}

    @Config("tiny")
    @Description("an application for tests")
    record TinySettings(
            @Description("whether the start waits until it is interrupted") @DefaultValue("false")
            boolean waitAtStart,

            @Description("who may come in") Optional<Secret> password,
            Sources sources) {}

    @Singleton
    static final class Opening {
        private final TinySettings settings;

        @Inject
        Opening(TinySettings settings, Greeting closedInTheEnd) {
            this.settings = settings;
        }

        @OnStart
        void open() throws InterruptedException {
            System.out.println("opening with " + settings);
            if (settings.waitAtStart()) {
                new CountDownLatch(1).await();
            }
        }

        @OnStop
        void shut() {
            System.out.println("shut");
        }
    }

    @Route
    static final class Door {
        private final Greeting greeting;

        @Inject
        Door(Greeting greeting) {
            this.greeting = greeting;
        }

        @Get("/hello/{name}")
        String hello(String name) {
            return greeting.to(name);
        }

        @Post("/guests")
        Guest invite(Guest guest) {
            return guest;
        }

        @Get("/slow")
        String slow() throws IOException {
            System.out.println("slow");
            System.in.read(); // until the test says so: what a stop has to wait for
            return "waited";
        }

        @Get("/long")
        String longText() {
            return "long ".repeat(1_000);
        }
    }
}
