package dev.bistro;

import dev.bistro.body.BodyCodecs;
import java.util.List;

/** The codecs of an application, after one value went through them: loading what they need takes long, and the first request needn't wait for that. */
final class WarmCodecs {
    private record Sample(String text, int number, List<String> texts) {}

    private WarmCodecs() {}

    /** Makes them; on any thread. */
    static BodyCodecs create() {
        BodyCodecs codecs = BodyCodecs.standard();
        codecs.reader(Sample.class, List.of());
        codecs.writer(Sample.class, List.of())
                .ifPresent(written -> written.writer().write(new Sample("a", 1, List.of("b"))));
        return codecs;
    }
}
