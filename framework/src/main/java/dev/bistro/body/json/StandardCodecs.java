package dev.bistro.body.json;

import dev.bistro.body.BodyCodecs;
import java.util.List;

/** The codecs that every application has: those of {@link BodyCodecs#of}, and JSON for all other types. */
public final class StandardCodecs {
    private record Sample(String text, int number, List<String> texts) {}

    private StandardCodecs() {}

    /** Creates the codecs. */
    public static BodyCodecs create() {
        return of(new JsonCodec());
    }

    /** The same with another codec of JSON. */
    public static BodyCodecs of(JsonCodec json) {
        return BodyCodecs.of(json);
    }

    /** Creates them and writes one value, so that the first request doesn't wait for Jackson's classes to load. */
    public static BodyCodecs createWarm() {
        BodyCodecs codecs = create();
        codecs.reader(Sample.class, List.of());
        codecs.writer(Sample.class, List.of())
                .ifPresent(written -> written.writer().write(new Sample("a", 1, List.of("b"))));
        return codecs;
    }
}
