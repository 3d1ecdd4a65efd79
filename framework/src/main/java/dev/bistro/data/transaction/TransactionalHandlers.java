package dev.bistro.data.transaction;

import dev.bistro.annotation.Transactional;
import dev.bistro.handler.DeclaredRoute;
import dev.bistro.handler.Executions;
import dev.bistro.handler.Surrounding;
import dev.bistro.handler.Surroundings;
import dev.bistro.http.Method;
import dev.bistro.http.spi.Execution;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.startup.Suggestion;
import dev.bistro.types.ResolvedMethod;
import dev.bistro.types.TypeNames;
import java.sql.Connection;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** The methods of controllers that use a database: those with {@code @Transactional}, or with a connection. */
public final class TransactionalHandlers implements Surroundings {
    private static final Set<Method> REPEATABLE =
            Set.of(Method.GET, Method.HEAD, Method.PUT, Method.DELETE, Method.OPTIONS, Method.of("QUERY"));
    private static final int RETRIES = 2;

    private final Optional<Set<String>> names;
    private final Collection<Database> databases;
    private final Map<Class<?>, Supplier<?>> parameters = new HashMap<>();
    private final Problems problems;

    /**
     * The methods of an application.
     *
     * @param names of the databases that its settings have, an empty one for the one that needs none; nothing if the
     *     settings have faults
     * @param databases these, if they are open; none if nothing is to be opened
     */
    public TransactionalHandlers(Optional<Set<String>> names, Collection<Database> databases, Problems problems) {
        this.names = names;
        this.databases = databases;
        this.problems = problems;
        addParameter(Connection.class, Database::connection);
    }

    /** Lets methods ask for another form of their connection. */
    public void addParameter(Class<?> type, Function<Database, ?> made) {
        parameters.put(type, () -> made.apply(current()));
    }

    /** The database of the handler that runs. */
    private Database current() {
        return databases.stream()
                .filter(database -> database.scope() != null)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public Map<Class<?>, Supplier<?>> parameters() {
        return parameters;
    }

    @Override
    public Optional<Surrounding> of(DeclaredRoute route, ResolvedMethod method, boolean streamsBody) {
        Optional<Transactional> declared = route.annotation(Transactional.class);
        Optional<Class<?>> connection = method.parameters().stream()
                .<Class<?>>map(ResolvedMethod.Taken::raw)
                .filter(parameters::containsKey)
                .findFirst();
        if (declared.isEmpty() && connection.isEmpty()) {
            return Optional.empty();
        }
        String what = declared.isPresent()
                ? "@Transactional"
                : "a " + connection.get().getSimpleName();
        String name = declared.map(Transactional::database).orElse("");
        if (names.isPresent() && !names.get().contains(name)) {
            problems.add(withoutDatabase(what, name, method));
            return Optional.empty();
        }
        check(what, route, method);
        int retries =
                declared.map(one -> retries(one, route, method, streamsBody)).orElse(0);
        Optional<TransactionOptions> options = declared.map(one -> TransactionOptions.of(one, retries));
        Optional<Database> database =
                databases.stream().filter(one -> one.name().equals(name)).findFirst();
        return Optional.of(new TransactionSurrounding(database, options, streamsBody, route.toString()));
    }

    private int retries(Transactional declared, DeclaredRoute route, ResolvedMethod method, boolean streamsBody) {
        int retries = declared.retries();
        if (retries == Transactional.AUTOMATIC) {
            return !streamsBody && REPEATABLE.contains(route.method()) ? RETRIES : 0;
        }
        if (retries < 0 || retries > TransactionOptions.MOST_RETRIES) {
            problems.add(Problem.of(
                            "bad-retries",
                            "@Transactional(retries = " + retries + ") isn't 0 to " + TransactionOptions.MOST_RETRIES
                                    + ".")
                    .at(Place.of(method.method()))
                    .cure("Write how often the method may be called again; or leave it out."));
            return 0;
        }
        if (retries > 0 && streamsBody) {
            problems.add(Problem.of(
                            "bad-retries",
                            "A method that reads the body while it comes can't be called again, and is to be"
                                    + " (@Transactional(retries = " + retries + ")).")
                    .at(Place.of(method.method()))
                    .cure("Leave the retries out; or take the body as a whole."));
            return 0;
        }
        return retries;
    }

    private void check(String what, DeclaredRoute route, ResolvedMethod method) {
        LateResults.find(method.returnType())
                .ifPresent(late -> problems.add(Problem.of(
                                "late-result",
                                "The result of a method with " + what + " is written after it, when its connection is"
                                        + " back in the pool: " + TypeNames.of(method.returnType()) + ".")
                        .at(Place.of(method.method()))
                        .cure("Return what is complete, such as a List; or take that off, and run what needs a"
                                + " transaction by Transactions.run(…) before the rest is written.")));
        if (Executions.of(method) == Execution.NON_BLOCKING) {
            problems.add(
                    Problem.of("database-on-loop", "A method with " + what + " is @NonBlocking, but databases block.")
                            .at(Place.of(method.method()))
                            .cure("Take @NonBlocking off."));
        }
    }

    private Problem withoutDatabase(String what, String name, ResolvedMethod method) {
        if (name.isEmpty()) {
            return Problem.of("no-database", "A method has " + what + ", but there is no database.")
                    .at(Place.of(method.method()))
                    .cure("Set database.url, such as jdbc:h2:mem:shop; or DATABASE_URL in the environment.");
        }
        Problem problem = Problem.of("no-database", "There is no database \"" + name + "\".")
                .at(Place.of(method.method()));
        return Suggestion.nearest(name, names.orElse(Set.of()))
                .map(near -> problem.cure("Did you mean @Transactional(database = \"" + near + "\")?"))
                .orElseGet(() -> problem.cure("Set database.named." + name + ".url."));
    }
}
