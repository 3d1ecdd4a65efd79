package dev.bistro.http1;

import dev.bistro.http.Application;
import dev.bistro.net.Connection;
import dev.bistro.net.Protocol;
import dev.bistro.net.ProtocolFactory;

/** HTTP/1.1 for an application. */
public final class Http1 implements ProtocolFactory {
    private final Http1Settings settings;
    private final Application application;
    private final ExecutionProfiles profiles;

    /** Answers with what the application's targets answer, on a server with so many loops. */
    public Http1(Http1Settings settings, Application application, int loops) {
        this.settings = settings;
        this.application = application;
        this.profiles = new ExecutionProfiles(application.targets(), loops);
    }

    @Override
    public Protocol open(Connection connection) {
        return new Http1Connection(connection, settings, application, profiles);
    }
}
