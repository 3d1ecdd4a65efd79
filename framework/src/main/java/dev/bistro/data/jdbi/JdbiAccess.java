package dev.bistro.data.jdbi;

import dev.bistro.data.transaction.Database;
import java.util.ServiceLoader;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.spi.JdbiPlugin;

/** A database by Jdbi: in a transaction, its handles use the connection of that. For any thread. */
public final class JdbiAccess {
    private final Database database;
    private final Jdbi jdbi;

    /** With the plugins of Jdbi that are on the class path. */
    public JdbiAccess(Database database) {
        this.database = database;
        this.jdbi = Jdbi.create(database.dataSource());
        JdbiAccess.class.getModule().addUses(JdbiPlugin.class); // a declaration would need the library everywhere
        ServiceLoader.load(JdbiPlugin.class).forEach(jdbi::installPlugin);
    }

    /** The type of what is injected for {@link #jdbi}. */
    public static Class<?> type() {
        return Jdbi.class;
    }

    /** The type of what is injected for {@link #handle}. */
    public static Class<?> handleType() {
        return Handle.class;
    }

    /** What is injected as {@code Jdbi}. */
    public Object jdbi() {
        return jdbi;
    }

    /** The handle of the transaction, or of the handler, that the calling thread is in; it is closed with that. */
    public Object handle() {
        return database.resource(Handle.class, jdbi::open, handle -> !handle.isClosed());
    }
}
