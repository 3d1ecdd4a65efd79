package dev.bistro.data.state;

import java.util.List;

/**
 * The tables. Times of sessions are the instances', in milliseconds since 1970; times of rates are the database's, in
 * microseconds since 1970.
 *
 * <pre>
 *   bistro_sessions             by the hash of the session's id: the hash of its user, until when it counts, and all
 *                               of it; the version is another one after each change
 *   bistro_session_revocations  by the hash of a session's id or of a user: by when what has begun counts no more
 *   bistro_rates                by the hash of a limit and a client: when the bucket is full again
 * </pre>
 */
public enum StateTable {
    /** Sessions. */
    SESSIONS(
            "bistro_sessions",
            "id",
            "expires_at < $now",
            """
            create table bistro_sessions (
              id varchar(64) primary key, owner varchar(43), expires_at bigint not null, version bigint not null,
              content bytea not null)""",
            "create index bistro_sessions_owner on bistro_sessions (owner)",
            "create index bistro_sessions_expires_at on bistro_sessions (expires_at)"),

    /** Sessions in cookies that have ended before their time. */
    REVOCATIONS(
            "bistro_session_revocations",
            "subject",
            "expires_at < $now",
            """
            create table bistro_session_revocations (
              subject varchar(43) primary key, revoked_at bigint not null, expires_at bigint not null)""",
            "create index bistro_session_revocations_expires_at on bistro_session_revocations (expires_at)"),

    /** Buckets of rates. PostgreSQL needn't log them: after a crash of its own, all buckets are full. */
    RATES(
            "bistro_rates",
            "bucket",
            "full_at < " + Dialect.NOW,
            "create unlogged table bistro_rates (bucket varchar(43) primary key, full_at bigint not null)");

    private static final int MOST_AT_ONCE = 1_000;

    private final String table;
    private final String key;
    private final String isOver;
    private final List<String> statements;

    StateTable(String table, String key, String isOver, String... statements) {
        this.table = table;
        this.key = key;
        this.isOver = isOver;
        this.statements = List.of(statements);
    }

    String table() {
        return table;
    }

    /** What makes it. */
    List<String> statements(Dialect dialect) {
        return statements.stream().map(dialect::adapted).toList();
    }

    /** Removes some rows of those that count no more. */
    String sweep(Dialect dialect, long nowMillis) {
        return dialect.delete(table, key, isOver.replace("$now", Long.toString(nowMillis)), MOST_AT_ONCE);
    }
}
