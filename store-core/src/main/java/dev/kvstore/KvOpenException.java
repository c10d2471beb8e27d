package dev.kvstore;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;

/** The store could not be opened. The message says which file, why, and what to do. */
public final class KvOpenException extends DataAccessResourceFailureException {

    private static final long serialVersionUID = 1L;

    /** Why a store could not be opened. */
    public enum Reason {
        /** The directory of the file is missing and cannot be created, or may not be used. */
        DIRECTORY,
        /** The path cannot mean a file of a store, such as a URL or a name that ends in {@code -wal}. */
        PATH,
        /** The file has a second name, a hard link or a mount of the file, by which its last writes are not seen. */
        SECOND_NAME,
        /** Another class loader of this JVM has the file open with an SQLite driver of its own. */
        OTHER_DRIVER,
        /** The file, or its directory, may not be read or written by this user. */
        NOT_WRITABLE,
        /** The file is missing, and the store is read-only. */
        MISSING,
        /** The path is a directory, or the file is no SQLite database or one of another application. */
        NOT_A_STORE,
        /** The database is damaged. */
        DAMAGED,
        /** The disk is full: a store needs some room even to be opened and read. */
        DISK_FULL,
        /** Another process holds a lock on the file. */
        LOCKED,
        /** The file was written by a newer version of this library. */
        NEWER,
        /** The file needs a migration, and the store is read-only. */
        OUTDATED,
        /** The database software is too old: SQLite with a known fault that can damage files. */
        DATABASE_TOO_OLD,
        /** The native library of SQLite could not be loaded. */
        NATIVE_LIBRARY,
        /** Any other failure; the cause tells. */
        OTHER
    }

    private final Reason reason;
    private final String path;
    private final String problem;
    private final String action;

    /**
     * Creates an exception whose message is made of the path, the problem and the action.
     *
     * @param path the file that was to be opened, {@code :memory:} when there is none
     * @param problem what is wrong, without a full stop
     * @param action what to do about it, as a sentence
     */
    public KvOpenException(Reason reason, String path, String problem, String action, @Nullable Throwable cause) {
        super("Could not open the store '" + path + "': " + problem + ". " + action, cause);
        this.reason = reason;
        this.path = path;
        this.problem = problem;
        this.action = action;
    }

    /** Why the store could not be opened. */
    public Reason reason() {
        return reason;
    }

    /** The file that was to be opened, absolute; {@code :memory:} for a store in memory. */
    public String path() {
        return path;
    }

    /** What is wrong, as the message says it. */
    public String problem() {
        return problem;
    }

    /** What to do about it, as the message says it. */
    public String action() {
        return action;
    }
}
