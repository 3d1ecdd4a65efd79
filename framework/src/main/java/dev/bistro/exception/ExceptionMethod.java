package dev.bistro.exception;

import dev.bistro.handler.Invoker;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.result.ResultWriter;
import java.util.List;

/** An {@code @ExceptionHandler} method, ready to be called. Immutable. */
final class ExceptionMethod {
    /** What a parameter takes. */
    enum Argument {
        EXCEPTION,
        REQUEST
    }

    private final Invoker invoker;
    private final List<Argument> parameters;
    private final ResultWriter writer;

    ExceptionMethod(Invoker invoker, List<Argument> parameters, ResultWriter writer) {
        this.invoker = invoker;
        this.parameters = parameters;
        this.writer = writer;
    }

    /** Calls the method. Throws what it throws. */
    Response<Payload> answer(Request request, Throwable fault) throws Throwable {
        Object[] arguments = new Object[parameters.size()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = parameters.get(i) == Argument.EXCEPTION ? fault : request;
        }
        return writer.write(request, invoker.invoke(arguments));
    }
}
