package dev.bistro.incidents;

import dev.bistro.annotation.Blocking;
import dev.bistro.annotation.Body;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Route;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Endpoints that answer at once, after a while, or never. */
@Route
final class IncidentController {
    private static final byte[] BIG = new byte[3_000_000];

    @Get("/hello")
    String hello() {
        return "hello";
    }

    /** As one that asks a database: the engine has to find out that it waits. */
    @Get("/wait")
    String waiting(int millis) {
        return Pause.of(millis);
    }

    @Get("/blocking")
    @Blocking
    String blocking(int millis) {
        return Pause.of(millis);
    }

    /** Quick as long as its backend is. */
    @Get("/backend")
    String backend(@DefaultValue("0") int millis) {
        return Pause.of(millis);
    }

    /** The kind of thread that it runs on. */
    @Get("/kind/blocking")
    @Blocking
    String blockingKind() {
        return Pause.threadKind();
    }

    @Get("/kind/learned")
    String learnedKind(int millis) {
        Pause.of(millis);
        return Pause.threadKind();
    }

    @Get("/interrupted")
    String interrupted() {
        return String.valueOf(Thread.interrupted());
    }

    @Post("/upload")
    String upload(@Body byte[] body) {
        return String.valueOf(body.length);
    }

    @Get("/big")
    byte[] big() {
        return BIG;
    }

    @Get("/pending")
    CompletionStage<String> pending() {
        return new CompletableFuture<>();
    }

    /** When the future is cancelled, what depends on it takes a second. */
    @Get("/pending/dependent")
    CompletionStage<String> dependent() {
        var never = new CompletableFuture<String>();
        never.whenComplete((value, thrown) -> Pause.of(1_000));
        return never;
    }

    /** {@link SlowFilter} takes a second when it is told that nobody waits any more. */
    @Get("/pending/filtered")
    CompletionStage<String> filtered() {
        return new CompletableFuture<>();
    }
}
