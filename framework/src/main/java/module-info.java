/** Bistro: a declarative, annotation-driven web micro-framework on a socket server of its own. */
module dev.bistro {
    requires io.github.classgraph;
    requires tools.jackson.databind;
    requires transitive jakarta.inject;
    requires org.slf4j;
    requires static org.junit.jupiter.api; // dev.bistro.testing alone
    requires static org.mockito;

    exports dev.bistro;
    exports dev.bistro.annotation;
    exports dev.bistro.body;
    exports dev.bistro.config;
    exports dev.bistro.feed;
    exports dev.bistro.file;
    exports dev.bistro.http;
    exports dev.bistro.startup;
    exports dev.bistro.testing;
}
