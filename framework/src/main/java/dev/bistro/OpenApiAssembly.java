package dev.bistro;

import dev.bistro.body.json.JsonCodec;
import dev.bistro.controller.Dispatcher;
import dev.bistro.openapi.OpenApiCustomizer;
import dev.bistro.openapi.document.Documents;
import dev.bistro.openapi.document.OpenApiDocument;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Makes the description of an application's routes.
 *
 * @param application the application's class
 */
record OpenApiAssembly(OpenApiSettings settings, boolean isDevelopment, Class<?> application) {
    /** By the settings of an application that has no faults. */
    static OpenApiAssembly of(OwnSettings own, Class<?> application) {
        boolean isDevelopment = own.bistro().filter(BistroSettings::dev).isPresent();
        return new OpenApiAssembly(own.openApi().orElseThrow(), isDevelopment, application);
    }

    /** What makes the document, each time anew. Nothing is made before somebody asks for it. */
    Supplier<Map<String, Object>> making(Dispatcher dispatcher, JsonCodec codec, Extensions extensions) {
        return () -> {
            List<OpenApiCustomizer> customizers = extensions.all(OpenApiCustomizer.class).stream()
                    .map(one -> (OpenApiCustomizer) one.object().get())
                    .toList();
            return new OpenApiDocument(application, settings.specification(), codec, customizers)
                    .create(dispatcher.describe());
        };
    }

    /**
     * The documents, for whichever listener they are on.
     *
     * @param hasPage whether there is a page at {@code /docs}
     */
    Documents documents(Dispatcher dispatcher, JsonCodec codec, Extensions extensions, boolean hasPage) {
        return new Documents(making(dispatcher, codec, extensions), hasPage);
    }

    /** The documents on the main port, by their paths; none where they are off. */
    Map<String, OwnPages.Page> pages(Dispatcher dispatcher, JsonCodec codec, Extensions extensions) {
        boolean hasPage = settings.hasPage(isDevelopment);
        if (!settings.isServed(isDevelopment) && !hasPage) {
            return Map.of();
        }
        return pages(documents(dispatcher, codec, extensions, hasPage));
    }

    /** All documents, by their paths, for a listener of their own. */
    Map<String, OwnPages.Page> allPages(Dispatcher dispatcher, JsonCodec codec, Extensions extensions) {
        return pages(documents(dispatcher, codec, extensions, true));
    }

    private static Map<String, OwnPages.Page> pages(Documents documents) {
        var page = OwnPages.Page.guarded("The OpenAPI document", documents::answer);
        return documents.paths().stream().collect(Collectors.toMap(Function.identity(), path -> page));
    }
}
