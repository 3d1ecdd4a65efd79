package dev.bistro.body.json;

/** Where an application's codec of JSON is found by those that are made before it. Safe for use by many threads. */
public final class ApplicationJson {
    private volatile JsonCodec codec = new JsonCodec();

    /** Has the usual codec until another is set. */
    public ApplicationJson() {}

    /** Sets the application's. */
    public void set(JsonCodec applications) {
        codec = applications;
    }

    /** The codec. */
    public JsonCodec codec() {
        return codec;
    }
}
