package dev.bistro.body;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A form while it is read, and afterwards. Closing it deletes its files. */
final class ReceivedForm implements Form, Closeable {
    private final Map<String, List<String>> fields = new LinkedHashMap<>();
    private final Map<String, List<FileUpload>> files = new LinkedHashMap<>();
    private final List<ReceivedFile> received = new ArrayList<>();

    void add(String name, String text) {
        fields.computeIfAbsent(name, key -> new ArrayList<>(1)).add(text);
    }

    void add(ReceivedFile file) {
        received.add(file);
        files.computeIfAbsent(file.fieldName(), key -> new ArrayList<>(1)).add(file);
    }

    /** Makes the fields and files immutable, when all have been added. */
    ReceivedForm seal() {
        fields.replaceAll((name, texts) -> List.copyOf(texts));
        files.replaceAll((name, several) -> List.copyOf(several));
        return this;
    }

    @Override
    public Map<String, List<String>> fields() {
        return Collections.unmodifiableMap(fields);
    }

    @Override
    public Map<String, List<FileUpload>> files() {
        return Collections.unmodifiableMap(files);
    }

    /** Deletes all files, even if one of them can't be deleted. */
    @Override
    public void close() {
        IOException failure = null;
        for (ReceivedFile file : received) {
            try {
                file.release();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw new UncheckedIOException("An uploaded file can't be removed", failure);
        }
    }
}
