package dev.bistro;

import dev.bistro.data.pool.ConnectionPool;
import dev.bistro.data.transaction.Database;
import dev.bistro.data.transaction.DatabaseAddress;
import java.util.Optional;

/**
 * A database that is open.
 *
 * @param migrations the folder of its migrations, if they are to run
 */
record OpenDatabase(DatabaseAddress address, Database database, ConnectionPool pool, Optional<String> migrations) {}
