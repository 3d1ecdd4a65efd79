package dev.bistro.body.json;

import dev.bistro.body.BodyCodecs;

/** The codecs that every application has: those of {@link BodyCodecs#of}, and JSON for all other types. */
public final class StandardCodecs {
    private StandardCodecs() {}

    /** Creates the codecs. */
    public static BodyCodecs create() {
        return of(new JsonCodec());
    }

    /** The same with another codec of JSON. */
    public static BodyCodecs of(JsonCodec json) {
        return BodyCodecs.of(json);
    }

    /**
     * Creates them, and has Jackson ready unless the application likely needs nothing but generated code, so that the
     * first request doesn't wait for Jackson's classes to load.
     */
    public static BodyCodecs createWarm(boolean isGenerated) {
        var json = new JsonCodec();
        if (!isGenerated) {
            json.mapper();
        }
        return of(json);
    }
}
