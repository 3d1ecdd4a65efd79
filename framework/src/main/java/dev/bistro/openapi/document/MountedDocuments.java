package dev.bistro.openapi.document;

import dev.bistro.http.HttpException;
import dev.bistro.http.Method;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.Application;
import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.ResponseDecorator;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An application that also answers with the documents of its description, at those of their paths that it has no route
 * for itself.
 */
public final class MountedDocuments implements Application {
    private static final Logger LOG = LoggerFactory.getLogger(MountedDocuments.class);

    private final Application application;
    private final Documents documents;
    private final Set<String> paths;
    private final Target target = new DocumentTarget();

    /**
     * Mounts documents.
     *
     * @param paths those of the documents' paths at which they answer
     */
    public MountedDocuments(Application application, Documents documents, Set<String> paths) {
        this.application = application;
        this.documents = documents;
        this.paths = Set.copyOf(paths);
    }

    @Override
    public Target find(ServerRequest request) {
        Target found = application.find(request);
        return isRead(request.method()) && paths.contains(request.path()) ? target : found;
    }

    private static boolean isRead(Method method) {
        return method.equals(Method.GET) || method.equals(Method.HEAD);
    }

    @Override
    public List<Target> targets() {
        var targets = new ArrayList<>(application.targets());
        targets.add(target);
        return targets;
    }

    @Override
    public Response<Payload> refuse(Optional<? extends Request> request, Status status, String detail) {
        return application.refuse(request, status, detail);
    }

    @Override
    public List<ResponseDecorator> decorators() {
        return application.decorators();
    }

    private final class DocumentTarget implements Target {
        private static final Traits TRAITS = new Traits("The OpenAPI document", Execution.BLOCKING, BodyUse.IGNORED);

        @Override
        public Response<Payload> answer(ServerRequest request) {
            try {
                return documents.answer(request);
            } catch (HttpException refused) {
                return application.refuse(Optional.of(request), refused.status(), refused.detail());
            } catch (RuntimeException fault) {
                LOG.error("The OpenAPI document can't be made [request {}]", request.id(), fault);
                return application.refuse(
                        Optional.of(request), Status.INTERNAL_SERVER_ERROR, "The document can't be made");
            }
        }

        @Override
        public Traits traits() {
            return TRAITS;
        }
    }
}
