package dev.bistro;

import dev.bistro.body.json.JsonCodec;
import dev.bistro.controller.Dispatcher;
import dev.bistro.http.Method;
import dev.bistro.http.spi.Application;
import dev.bistro.openapi.OpenApiCustomizer;
import dev.bistro.openapi.document.Documents;
import dev.bistro.openapi.document.MountedDocuments;
import dev.bistro.openapi.document.OpenApiDocument;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Puts the description of an application's routes around it.
 *
 * @param application the application's class
 */
record OpenApiAssembly(OpenApiSettings settings, boolean isDevelopment, Class<?> application) {
    /** By the settings of an application that has no faults. */
    static OpenApiAssembly of(OwnSettings own, Class<?> application) {
        boolean isDevelopment = own.bistro().filter(BistroSettings::dev).isPresent();
        return new OpenApiAssembly(own.openApi().orElseThrow(), isDevelopment, application);
    }

    /**
     * The documents, for whichever listener they are on; none is made before somebody asks for it.
     *
     * @param hasPage whether there is a page at {@code /docs}
     */
    Documents documents(Dispatcher dispatcher, JsonCodec codec, Extensions extensions, boolean hasPage) {
        List<OpenApiCustomizer> customizers = extensions.all(OpenApiCustomizer.class).stream()
                .map(one -> (OpenApiCustomizer) one.object().get())
                .toList();
        var document = new OpenApiDocument(application, settings.specification(), codec, customizers);
        return new Documents(() -> document.create(dispatcher.describe()), hasPage);
    }

    /** The application with the documents on the main port, where these are on: a route of its own goes before. */
    Application around(Application guarded, Dispatcher dispatcher, JsonCodec codec, Extensions extensions) {
        boolean hasPage = settings.hasPage(isDevelopment);
        if (!settings.isServed(isDevelopment) && !hasPage) {
            return guarded;
        }
        Documents documents = documents(dispatcher, codec, extensions, hasPage);
        var free = new LinkedHashSet<>(documents.paths());
        free.removeIf(path -> dispatcher.routesAt(path).containsKey(Method.GET));
        return new MountedDocuments(guarded, documents, free);
    }
}
