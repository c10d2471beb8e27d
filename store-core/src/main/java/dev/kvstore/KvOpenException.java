package dev.kvstore;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * The store could not be opened. The message names the file or server, the problem and what to do.
 *
 * <pre>{@code
 * try (SqliteKvStore kv = SqliteKvStore.open(Path.of("data/kvstore.db"))) {
 *     kv.set("visits", "ada", Instant.now().toString());
 * } catch (KvOpenException failed) {
 *     System.err.println(failed.problem() + ". " + failed.action());
 *     boolean retry = failed.reason() == KvOpenException.Reason.LOCKED;
 * }
 * }</pre>
 *
 * @since 0.1
 */
public final class KvOpenException extends DataAccessResourceFailureException {

    private static final long serialVersionUID = 1L;

    /** Why a store could not be opened. */
    public enum Reason {
        /** The directory of the file is missing and cannot be created, or cannot be accessed. */
        DIRECTORY,
        /** The path cannot name the file of a store, for example because it is a URL or ends in {@code -wal}. */
        PATH,
        /**
         * The file has a second name, a hard link or a mount of the file. A process that opens the file by the other
         * name does not find the write-ahead log, and so misses the last writes.
         */
        SECOND_NAME,
        /** Another class loader of this JVM has the file open with its own copy of the SQLite driver. */
        OTHER_DRIVER,
        /** This user may not read or write the file or its directory. */
        NOT_WRITABLE,
        /** The file is missing, and the store is read-only; or the server has no such database. */
        MISSING,
        /**
         * The path is a directory, or the file is not an SQLite database, or is one of another application; or the
         * database has another encoding than UTF8.
         */
        NOT_A_STORE,
        /** The database is damaged. */
        DAMAGED,
        /** The disk is full: a store needs some space even to be opened and read. */
        DISK_FULL,
        /** Another process holds a lock on the file, or has it open while it needs a migration. */
        LOCKED,
        /** A newer version of this library wrote the file or migrated the schema. */
        NEWER,
        /** The file or schema needs a migration, and the store is read-only or must not migrate. */
        OUTDATED,
        /** The version of the database is not supported; that of SQLite has a known fault that can damage files. */
        DATABASE_TOO_OLD,
        /** No server could be reached. */
        UNREACHABLE,
        /** The server refused the user or the password, or the user lacks a right. */
        ACCESS_DENIED,
        /** The server is a standby, which accepts no writes. */
        NOT_PRIMARY,
        /** A pooler between the store and the server gives sessions to others between two statements. */
        POOLER,
        /** The native library of SQLite could not be loaded. */
        NATIVE_LIBRARY,
        /** Any other failure; the cause has the details. */
        OTHER
    }

    private final Reason reason;
    private final String path;
    private final String problem;
    private final String action;

    /**
     * Creates an exception whose message consists of the path, the problem and the action.
     *
     * @param path the file to open, {@code :memory:} for a store in memory, or the server and the database
     * @param problem what is wrong, without a full stop
     * @param action what to do about it, as a sentence
     * @param cause the failure, null if the store itself found the problem
     */
    public KvOpenException(Reason reason, String path, String problem, String action, @Nullable Throwable cause) {
        super("Could not open the store '" + path + "': " + problem + ". " + action, cause);
        this.reason = reason;
        this.path = path;
        this.problem = problem;
        this.action = action;
    }

    /** Returns why the store could not be opened. */
    public Reason reason() {
        return reason;
    }

    /**
     * Returns the absolute path of the file to open, {@code :memory:} for a store in memory, or the server and the
     * database, such as {@code host:5432/name}.
     */
    public String path() {
        return path;
    }

    /** Returns what is wrong, as in the message, without a full stop. */
    public String problem() {
        return problem;
    }

    /** Returns what to do about it, as in the message, as a sentence. */
    public String action() {
        return action;
    }
}
