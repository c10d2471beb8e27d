package dev.kvstore.benchmarks.targets;

import dev.kvstore.benchmarks.contender.Product;
import dev.kvstore.benchmarks.contender.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;

/**
 * Fills the table of a closed store with one statement, since millions of sets would take longer than the measurement.
 *
 * @param keys the entries
 * @param bytes the length of the values
 * @param expired the number of expired entries, the first ones
 */
record BulkFill(Keys keys, int bytes, int expired) {

    /** The distance of consecutively inserted rows: not in key order, as in a store in use. */
    static final int STEP = 7919;

    /** With more rows the pages of the table would not fit into the page cache, and filling would take minutes. */
    private static final int MOST_OUT_OF_ORDER = 3_000_000;

    /** Larger values are stored out of row, by the view. */
    private static final int LARGEST_INLINE = 512;

    private static final String IN_ROW = "kv (grp, key, value, expires_at)";
    private static final String OUT_OF_ROW = "kv_entry (grp, key, value, expires_at, version)";

    void fill(Target target, Path directory) {
        target.filling().open(directory).close();
        boolean outOfRow = target.product() == Product.KVSTORE && bytes > LARGEST_INLINE;
        int step = keys.rows() > MOST_OUT_OF_ORDER ? 1 : STEP;
        String insert = """
            WITH RECURSIVE step (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM step WHERE i + 1 < %1$d),
                numbered (n) AS (SELECT i * %2$d %% %1$d FROM step)
            INSERT INTO %3$s
            SELECT 'group-' || (n / %4$d), printf('key-%%08d', n %% %4$d), hex(randomblob(%5$d)), iif(n < %6$d, 1, NULL)%7$s
            FROM numbered
            """.formatted(
                        keys.rows(),
                        step,
                        outOfRow ? OUT_OF_ROW : IN_ROW,
                        keys.perGroup(),
                        bytes / 2,
                        expired,
                        outOfRow ? ", 1" : "");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database(directory));
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = OFF");
            statement.execute("PRAGMA synchronous = OFF");
            statement.execute("PRAGMA cache_size = -524288");
            statement.execute("BEGIN");
            statement.executeUpdate(insert);
            statement.execute("COMMIT");
            statement.execute("PRAGMA journal_mode = WAL");
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot fill " + directory, e);
        }
        sync(database(directory));
    }

    /** Otherwise the first measured checkpoint would wait until the whole fill has reached the disk. */
    private static void sync(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot sync " + file, e);
        }
    }

    private static Path database(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".db"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
