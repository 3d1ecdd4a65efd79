package dev.bistro.data.transaction;

/** The place of one handler among those that a database lets in. For one thread. */
final class Admission {
    /** Of code that isn't a handler: it waits for a connection as long as the pool lets it. */
    static final Admission FREE = new Admission(null);

    private final Database database; // null for code that needs no place
    private boolean isIn;

    Admission(Database database) {
        this.database = database;
    }

    /** Takes the place, if it isn't taken yet; false if there is none. */
    boolean enter() {
        if (database != null && !isIn) {
            isIn = database.tryEnter();
            return isIn;
        }
        return true;
    }

    /** Gives the place back. */
    void leave() {
        if (isIn) {
            isIn = false;
            database.leave();
        }
    }
}
