package dev.bistro.body.json;

/** Values as JSON where no request is answered: what is stored and read again. For any thread. */
public final class JsonValues {
    private final ApplicationJson json;

    /** Writes and reads by the application's codec. */
    public JsonValues(ApplicationJson json) {
        this.json = json;
    }

    /** A value as JSON, by this type of it. */
    public <T> String write(T value, Class<T> type) {
        return json.codec().mapper().writerFor(type).writeValueAsString(value);
    }

    /** The value of JSON that {@link #write} has written. */
    public <T> T read(String text, Class<T> type) {
        return json.codec().mapper().readerFor(type).readValue(text);
    }
}
