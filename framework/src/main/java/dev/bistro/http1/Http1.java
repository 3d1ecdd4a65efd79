package dev.bistro.http1;

import dev.bistro.http.spi.Application;
import dev.bistro.net.Connection;
import dev.bistro.net.Protocol;
import dev.bistro.net.ProtocolFactory;

/** HTTP/1.1 for an application. */
public final class Http1 implements ProtocolFactory {
    private final Http1Settings settings;
    private final Application application;
    private final ExecutionProfiles profiles;
    private final Load load;

    /**
     * What it has to do, and could not do.
     *
     * @param requestsUnderWay how many requests are under way without the loop: on a thread of their own, or waiting
     *     without one
     * @param tooManyRequests how many were answered 503 since as many as may be were under way
     * @param noThread how many were answered 503 since no thread could be had for them
     * @param noRoom how many were answered 503 since there was no room for their bodies
     */
    public record Statistics(int requestsUnderWay, long tooManyRequests, long noThread, long noRoom) {}

    /** Answers with what the application's targets answer, on a server with so many loops. */
    public Http1(Http1Settings settings, Application application, int loops) {
        this.settings = settings;
        this.application = application;
        this.profiles = new ExecutionProfiles(application.targets(), loops);
        this.load = new Load(settings.maxConcurrentRequests());
    }

    /** What it has to do at the moment, and could not do since it was made. */
    public Statistics statistics() {
        return load.statistics();
    }

    @Override
    public Protocol open(Connection connection) {
        return new Http1Connection(connection, settings, application, profiles, load);
    }
}
