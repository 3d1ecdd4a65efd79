package dev.bistro.result;

import dev.bistro.file.FileResponse;
import dev.bistro.http.Headers;
import dev.bistro.http.MediaType;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** A file: a {@link Path}, or a {@link FileResponse} that says more about it. */
final class FileWriter implements ValueWriter {
    private final ResultOrigin source;
    private final Headers annotated;
    private final Optional<MediaType> produced;
    private final Function<Object, FileResponse> files;

    private FileWriter(Declaration declaration, Function<Object, FileResponse> files) {
        this.source = declaration.source();
        this.annotated = declaration.headers();
        this.produced = declaration.produces();
        this.files = files;
    }

    static Optional<ValueWriter> ofPath(Declaration declaration, Type type) {
        return Optional.of(new FileWriter(declaration, value -> FileResponse.of((Path) value)));
    }

    static Optional<ValueWriter> ofFile(Declaration declaration, Type type) {
        return Optional.of(new FileWriter(declaration, FileResponse.class::cast));
    }

    @Override
    public Response<Payload> write(Request request, Status status, Headers own, Object value) {
        FileResponse file = files.apply(source.requireValue(value)).withDefaults(annotated);
        if (produced.isPresent()) {
            file = file.as(produced.get());
        }
        for (int i = 0; i < own.size(); i++) {
            file = file.withHeader(own.name(i), own.value(i));
        }
        return file.answer(request, status);
    }
}
