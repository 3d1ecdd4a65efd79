package dev.bistro.data.transaction;

import dev.bistro.annotation.Transactional.Isolation;
import dev.bistro.data.Transactions;
import java.util.Optional;

/** Transactions of one database. */
record ScopedTransactions(Database database, TransactionOptions options) implements Transactions {
    @Override
    public Transactions readOnly() {
        return with(new TransactionOptions(true, options.isolation(), options.retries()));
    }

    @Override
    public Transactions isolation(Isolation isolation) {
        return with(new TransactionOptions(options.readOnly(), isolation, options.retries()));
    }

    @Override
    public Transactions retries(int retries) {
        if (retries < 0 || retries > TransactionOptions.MOST_RETRIES) {
            throw new IllegalArgumentException("Not 0 to " + TransactionOptions.MOST_RETRIES + ": " + retries);
        }
        return with(new TransactionOptions(options.readOnly(), options.isolation(), retries));
    }

    private Transactions with(TransactionOptions others) {
        return new ScopedTransactions(database, others);
    }

    @Override
    public <E extends Exception> void run(Action<E> code) throws E {
        call(() -> {
            code.run();
            return null;
        });
    }

    @Override
    @SuppressWarnings("unchecked") // the code throws nothing else
    public <T, E extends Exception> T call(Code<T, E> code) throws E {
        try {
            if (isActive()) {
                Scope scope = database.scope();
                options.checkWithin(scope);
                return Database.join(scope, code::run);
            }
            return Retry.run(
                    options.retries(),
                    () -> database.call(Admission.FREE, Optional.of(options), result -> true, code::run));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw (E) e;
        }
    }

    @Override
    public boolean isActive() {
        Scope scope = database.scope();
        return scope != null && scope.isTransaction();
    }

    @Override
    public void afterCommit(Runnable action) {
        if (!isActive()) {
            throw new IllegalStateException("There is no transaction here");
        }
        database.scope().afterCommit(action);
    }
}
