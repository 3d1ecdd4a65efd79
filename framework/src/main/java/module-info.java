/** Bistro: a declarative, annotation-driven web micro-framework on a socket server of its own. */
@SuppressWarnings("requires-automatic") // some optional libraries have a module name in their manifest alone
module dev.bistro {
    requires io.github.classgraph;
    requires tools.jackson.databind;
    requires transitive jakarta.inject;
    requires org.slf4j;
    requires transitive java.sql; // what is told of databases
    requires java.management; // the figures of the JVM in /metrics
    requires static jakarta.validation; // if the application has it
    requires static com.nimbusds.jose.jwt; // dev.bistro.auth.jwt alone, where tokens are verified
    requires static com.zaxxer.hikari; // dev.bistro.data.pool alone, where there is a database
    requires static lettuce.core; // dev.bistro.data.redis alone, where something is in Redis
    requires static org.jdbi.v3.core; // and where SQL is written by that
    requires static micrometer.core; // where the application has a registry of meters
    requires static io.opentelemetry.api; // where it has traces
    requires static io.opentelemetry.context;
    requires static jdk.jfr; // where the JDK has it
    requires static org.junit.jupiter.api; // dev.bistro.testing alone
    requires static org.mockito;
    requires static java.compiler; // dev.bistro.index's annotation processor alone, which META-INF/services names:
    // "provides" would want the compiler wherever Bistro runs
    requires static jdk.compiler;

    uses dev.bistro.BistroLibrary;

    exports dev.bistro;
    exports dev.bistro.annotation;
    exports dev.bistro.auth;
    exports dev.bistro.body;
    exports dev.bistro.config;
    exports dev.bistro.data;
    exports dev.bistro.feed;
    exports dev.bistro.file;
    exports dev.bistro.health;
    exports dev.bistro.html;
    exports dev.bistro.http;
    exports dev.bistro.json;
    exports dev.bistro.json.generated; // for what the annotation processor writes
    exports dev.bistro.openapi;
    exports dev.bistro.session;
    exports dev.bistro.startup;
    exports dev.bistro.testing;
    exports dev.bistro.websocket;

    opens dev.bistro.body.json to
            tools.jackson.databind; // which is warmed by a record of ours
}
