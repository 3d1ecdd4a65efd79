package dev.bistro.coding;

import dev.bistro.http.Application;
import dev.bistro.http.Execution;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.ServerRequest;
import dev.bistro.http.Status;
import dev.bistro.http.Target;

/** A target that sees requests decoded, and whose responses are encoded. */
final class CodedTarget implements Target {
    private final Target target;
    private final RequestDecoding requests;
    private final ResponseEncoding responses;
    private final Application application;

    CodedTarget(Target target, RequestDecoding requests, ResponseEncoding responses, Application application) {
        this.target = target;
        this.requests = requests;
        this.responses = responses;
        this.application = application;
    }

    @Override
    public Response<Payload> answer(ServerRequest request) {
        if (target.bodyUse() != BodyUse.IGNORED && !requests.decode(request)) {
            return application
                    .refuse(
                            request,
                            Status.UNSUPPORTED_MEDIA_TYPE,
                            "The content codings that are read here are gzip and deflate.")
                    .withHeader("Accept-Encoding", "gzip, deflate"); // RFC 9110, section 15.5.16
        }
        return responses.encode(request, target.answer(request));
    }

    @Override
    public Execution execution() {
        return target.execution();
    }

    @Override
    public BodyUse bodyUse() {
        return target.bodyUse();
    }
}
