package dev.bistro.filter;

import dev.bistro.annotation.ClientCertificate;
import dev.bistro.annotation.NonBlocking;
import dev.bistro.annotation.Priority;
import dev.bistro.http.Chain;
import dev.bistro.http.ForbiddenException;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.result.ResultWriterFactory;
import dev.bistro.types.ResolvedMethod;
import java.util.List;

/** The filter of routes with {@link ClientCertificate}. */
final class ClientCertificateRequired {
    /** The filter, as if it were a class of the application. */
    static FilterMethod create(ResultWriterFactory writers) {
        ResolvedMethod method = ResolvedMethod.allOf(ClientCertificateRequired.class).stream()
                .filter(one -> one.method().getName().equals("filter"))
                .findFirst()
                .orElseThrow();
        return new FilterMethod(
                method,
                FilterBinding.of(List.of(), List.of(ClientCertificate.class)),
                Priority.AUTHORIZATION,
                writers.create(method).orElseThrow());
    }

    @NonBlocking
    Response<?> filter(Request request, Chain chain) {
        if (request.clientCertificate().isEmpty()) {
            throw new ForbiddenException("This is only for clients that show a certificate.");
        }
        return chain.proceed();
    }
}
