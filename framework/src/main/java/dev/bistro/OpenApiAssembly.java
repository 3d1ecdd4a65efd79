package dev.bistro;

import dev.bistro.body.json.JsonCodec;
import dev.bistro.controller.Dispatcher;
import dev.bistro.http.spi.Application;
import dev.bistro.openapi.OpenApiCustomizer;
import dev.bistro.openapi.document.Documents;
import dev.bistro.openapi.document.MountedDocuments;
import dev.bistro.openapi.document.OpenApiDocument;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Puts the description of an application's routes around it.
 *
 * @param application the application's class
 */
record OpenApiAssembly(OpenApiSettings settings, boolean isDevelopment, Class<?> application) {
    /** The documents; none is made before somebody asks for it. */
    Documents documents(Dispatcher dispatcher, JsonCodec codec, List<OpenApiCustomizer> customizers) {
        var document = new OpenApiDocument(application, settings.version(), codec, customizers);
        return new Documents(() -> document.create(dispatcher.describe()), settings.hasPage(isDevelopment));
    }

    /** What is on the main port: any route of the application's own goes before. */
    Optional<Application> around(Application guarded, Dispatcher dispatcher, Documents documents) {
        if (!settings.isServed(isDevelopment) && !settings.hasPage(isDevelopment)) {
            return Optional.empty();
        }
        var free = new LinkedHashSet<>(documents.paths());
        free.removeIf(path -> !dispatcher.routesAt(path).isEmpty());
        return Optional.of(new MountedDocuments(guarded, documents, free));
    }
}
