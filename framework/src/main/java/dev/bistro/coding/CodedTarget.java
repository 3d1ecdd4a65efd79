package dev.bistro.coding;

import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.Application;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import java.util.Optional;

/** Wraps a target: decodes the bodies of its requests, and encodes its responses. */
final class CodedTarget implements Target {
    private static final String CONTENT_ENCODING = "Content-Encoding";

    private final Target target;
    private final int maxBodyBytes;
    private final ResponseEncoding responses;
    private final Application application;

    CodedTarget(Target target, int maxBodyBytes, ResponseEncoding responses, Application application) {
        this.target = target;
        this.maxBodyBytes = maxBodyBytes;
        this.responses = responses;
        this.application = application;
    }

    @Override
    public Response<Payload> answer(ServerRequest request) {
        if (target.traits().bodyUse() == BodyUse.IGNORED || !isCoded(request)) {
            return answerPlain(request);
        }
        return Coding.of(coding(request))
                .map(known -> answerCoded(request, known))
                .orElseGet(() -> application
                        .refuse(
                                Optional.of(request),
                                Status.UNSUPPORTED_MEDIA_TYPE,
                                "The content codings that are read here are gzip and deflate.")
                        .withHeader("Accept-Encoding", "gzip, deflate")); // RFC 9110, section 15.5.16
    }

    private Response<Payload> answerPlain(ServerRequest request) {
        return responses.encode(request, target.answer(request));
    }

    private Response<Payload> answerCoded(ServerRequest request, Coding coding) {
        int maxWhole = (int)
                Math.min(Integer.MAX_VALUE - 8, target.traits().maxBodyBytes().orElse(maxBodyBytes));
        var decoder =
                new Decoder(coding, maxWhole, target.traits().maxBodyBytes().orElse(Long.MAX_VALUE));
        request.setBodyDecoder(decoder);
        try {
            return answerPlain(request);
        } finally {
            decoder.end();
        }
    }

    private static boolean isCoded(ServerRequest request) {
        return request.headers().indexOf(CONTENT_ENCODING, 0) >= 0
                && !coding(request).strip().equalsIgnoreCase("identity");
    }

    private static String coding(ServerRequest request) {
        return request.headers().combined(CONTENT_ENCODING).orElse("");
    }

    @Override
    public Optional<Response<Payload>> refusal(ServerRequest request) {
        return target.refusal(request).map(refusal -> responses.encode(request, refusal));
    }

    @Override
    public boolean refusesByHead() {
        return target.refusesByHead();
    }

    @Override
    public Traits traits() {
        return target.traits();
    }
}
