package dev.kvstore.reliability;

import dev.kvstore.sqlite.Foreign;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Lets the versions of a file be ahead of the system's clock, as if that had been set back by a year. Then the numbers
 * handed out depend on the file alone, and a block of them that a crash undoes is taken again.
 */
final class VersionsAhead {

    private static final Duration AHEAD = Duration.ofDays(365);

    private VersionsAhead() {}

    /** No process may have the file open. */
    static void in(Path file) throws SQLException {
        try (Foreign foreign = Foreign.open(file)) {
            String ahead = "(unixepoch() + " + AHEAD.toSeconds() + ") << 16";
            foreign.execute("UPDATE kv_meta SET (low, high) = (SELECT " + ahead + ", " + ahead + ")");
        }
    }
}
