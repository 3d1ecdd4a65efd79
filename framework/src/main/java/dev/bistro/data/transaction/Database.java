package dev.bistro.data.transaction;

import dev.bistro.data.Transactions;
import java.sql.Connection;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One database: its pool, and the transactions of threads. For any thread. */
public final class Database {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final long WARN_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final LongAdder refused = new LongAdder();
    private final AtomicLong warned = new AtomicLong(System.nanoTime() - WARN_NANOS - 1);
    private final String name;
    private final DataSource pool;
    private final boolean restores;
    private final ScopedDataSource shared;
    private final ThreadLocal<Scope> current = new ThreadLocal<>();
    private final Semaphore admitted;

    /**
     * A database.
     *
     * @param name empty for the one that needs none
     * @param pool gives connections
     * @param restores whether it puts those that come back into their state, as Bistro's own pool does
     * @param handlers how many handlers may use it at once: as many as there are connections, and some that wait
     */
    public Database(String name, DataSource pool, boolean restores, int handlers) {
        this.name = name;
        this.pool = pool;
        this.restores = restores;
        this.shared = new ScopedDataSource(this, pool);
        this.admitted = new Semaphore(handlers);
    }

    /** Its name; empty for the one that needs none. */
    public String name() {
        return name;
    }

    /** What is injected as {@code DataSource}. */
    public DataSource dataSource() {
        return shared;
    }

    /** What is injected as {@code Transactions}. */
    public Transactions transactions() {
        return new ScopedTransactions(this, TransactionOptions.DEFAULTS);
    }

    /**
     * The connection of the transaction, or of the handler, that the calling thread is in.
     *
     * @throws IllegalStateException if it is in none
     */
    public Connection connection() {
        return SharedConnection.of(required("Connection"));
    }

    /**
     * What is made once for the transaction, or the handler, that the calling thread is in, and is closed at its end.
     *
     * @param isOpen whether one that was made can still be used; else another one is made
     * @throws IllegalStateException if it is in none
     */
    public <R extends AutoCloseable> R resource(Class<R> type, Supplier<R> made, Predicate<R> isOpen) {
        return required(type.getSimpleName()).resource(type, made, isOpen);
    }

    private Scope required(String what) {
        Scope scope = current.get();
        if (scope == null) {
            throw new IllegalStateException("There is no " + what + " here: this thread runs no handler with"
                    + " @Transactional, nor one that takes a Connection. Write @Transactional on the handler; elsewhere"
                    + " use Transactions.run(…), or a connection of the DataSource");
        }
        return scope;
    }

    /** The scope that the calling thread is in; null for none. */
    Scope scope() {
        return current.get();
    }

    /** Code that runs in a scope. */
    @FunctionalInterface
    interface Code<T> {
        T run() throws Throwable;
    }

    /** Whether one more handler may use it; {@link #leave} gives its place back. */
    boolean tryEnter() {
        boolean isIn = admitted.tryAcquire();
        if (!isIn) {
            refused.increment();
            warn();
        }
        return isIn;
    }

    /** Once in a while, since refusals come in crowds. */
    private void warn() {
        long now = System.nanoTime();
        long last = warned.get();
        if (now - last > WARN_NANOS && warned.compareAndSet(last, now)) {
            LOG.warn(
                    "The database{} is busy: {} requests were refused so far, since all connections were in use and"
                            + " enough handlers waited for one (database.pool-size, database.queue)",
                    name.isEmpty() ? "" : " " + name,
                    refused.sum());
        }
    }

    /** How many handlers were refused so far. */
    public long refused() {
        return refused.sum();
    }

    void leave() {
        admitted.release();
    }

    /**
     * Runs code in a scope of its own, which ends well if the code does, and its result is good.
     *
     * @param options empty if each statement is on its own
     * @param admission the place of the handler whose code it is
     */
    <T> T call(Admission admission, Optional<TransactionOptions> options, Outcome<T> outcome, Code<T> code)
            throws Throwable {
        Scope before = current.get();
        var scope = new Scope(source(before, admission, options), options);
        current.set(scope);
        T result;
        try {
            result = code.run();
        } catch (Throwable e) {
            scope.rollback();
            throw e;
        } finally {
            restore(before);
        }
        if (outcome.isGood(result)) {
            scope.commit();
        } else {
            scope.rollback();
        }
        return result;
    }

    private ConnectionSource source(Scope before, Admission admission, Optional<TransactionOptions> options) {
        boolean hasIsolation = options.filter(TransactionOptions::hasIsolation).isPresent();
        if (before != null && !before.isTransaction() && !before.isEnded()) {
            return new ConnectionSource.Lent(before, hasIsolation);
        }
        var source = new ConnectionSource.Pool(pool, admission);
        return restores ? source : new ConnectionSource.Restored(source, hasIsolation);
    }

    /** Whether a result is worth to be kept. */
    @FunctionalInterface
    interface Outcome<T> {
        boolean isGood(T result);
    }

    /** Runs code as a part of the transaction that the thread is in: if it throws, nothing of this part is kept. */
    static <T> T join(Scope scope, Code<T> code) throws Throwable {
        Scope.Mark mark = scope.mark();
        T result;
        try {
            result = code.run();
        } catch (Throwable e) {
            scope.undo(mark, e);
            throw e;
        }
        scope.release(mark);
        return result;
    }

    private void restore(Scope before) {
        if (before == null) {
            current.remove();
        } else {
            current.set(before);
        }
    }
}
