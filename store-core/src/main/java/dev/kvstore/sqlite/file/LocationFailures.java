package dev.kvstore.sqlite.file;

import dev.kvstore.KvOpenException;
import dev.kvstore.KvOpenException.Reason;
import java.nio.file.Path;

/** The errors for a path or a file name that a store cannot use. */
final class LocationFailures {

    private LocationFailures() {}

    static KvOpenException path(Path file, String problem, String action) {
        return failure(Reason.PATH, file, problem, action);
    }

    static KvOpenException hardLinks(Path file, int names) {
        return failure(
                Reason.SECOND_NAME,
                file,
                "the file has " + names + " names (hard links). Who opens it by another one has another write-ahead log"
                        + " and other locks, and acknowledged writes are lost",
                "Nothing was changed. Remove the other names, which 'find -samefile' lists; or make a copy while no"
                        + " process has the file open. To give it a second name use a symbolic link.");
    }

    static KvOpenException fileIsMountPoint(Path file) {
        return failure(
                Reason.SECOND_NAME,
                file,
                "the file itself is a mount point. Its write-ahead log lies beside it and is not mounted with it: who"
                        + " opens the file elsewhere, or after this container, does not see the last writes",
                "Nothing was changed. Mount the directory, never the file: '-v /srv/app/data:/data' instead of"
                        + " '-v /srv/app/data/kvstore.db:/data/kvstore.db', and no subPath that names the file.");
    }

    static KvOpenException otherDriver(Path file) {
        return failure(
                Reason.OTHER_DRIVER,
                file,
                "another class loader of this JVM has the file open with an SQLite driver of its own. SQLite's locks do"
                        + " not work between two drivers of one process, and the file would be damaged",
                "Let the applications share one driver: put org.xerial:sqlite-jdbc into the server's shared library"
                        + " directory and out of each WAR; or give each application a file of its own. An application"
                        + " that was undeployed without closing its store keeps the file open: restart the server. See"
                        + " docs/war-deployment.md.");
    }

    private static KvOpenException failure(Reason reason, Path file, String problem, String action) {
        return new KvOpenException(reason, file.toString(), problem, action, null);
    }
}
