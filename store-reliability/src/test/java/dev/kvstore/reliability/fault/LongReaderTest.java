package dev.kvstore.reliability.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.reliability.Findings;
import dev.kvstore.sqlite.CapturedLog;
import dev.kvstore.sqlite.Foreign;
import dev.kvstore.sqlite.SqliteKvStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another program keeps a read transaction open, so that the WAL cannot be checkpointed. */
class LongReaderTest {

    private static final int WRITES = 70;
    private static final int VALUE_LENGTH = 1_000_000;

    @TempDir
    Path directory;

    @Test
    void theWalGrowsWithAWarningAndIsReusedOnceTheReaderHasEnded() throws Exception {
        Path file = directory.resolve("kvstore.db");
        Ledger ledger = new Ledger(VALUE_LENGTH);
        try (SqliteKvStore kv = SqliteKvStore.open(file);
                CapturedLog log = new CapturedLog()) {
            write(kv, ledger, "before ", 10);
            long level = walSize(file);
            assertThat(log.lines("WARN")).isEmpty();

            try (Foreign foreign = Foreign.open(file)) {
                foreign.execute("BEGIN").query("SELECT count(*) FROM kv");
                write(kv, ledger, "beside a reader ", WRITES);
            }
            long grown = walSize(file);
            assertThat(grown).isGreaterThan(level + (long) WRITES * VALUE_LENGTH / 2);
            assertThat(log.lines("WARN"))
                    .singleElement()
                    .asString()
                    .contains("WAL has grown to 64 MB")
                    .contains(file.toString());

            write(kv, ledger, "afterwards ", 10);
            assertThat(walSize(file)).isLessThanOrEqualTo(grown + 2 * VALUE_LENGTH);
            assertThat(ledger.failures()).isEmpty();
            ledger.requireNothingLost(kv);
            Findings.record(
                    "fault-long-reader",
                    ("A reader that stays open: the WAL grew from %.1f MB to %.1f MB with %.1f MB of values, and was"
                                    + " reused afterwards; %s.")
                            .formatted(level / 1e6, grown / 1e6, WRITES * VALUE_LENGTH / 1e6, ledger.tally()));
        }
    }

    private static void write(SqliteKvStore kv, Ledger ledger, String name, int writes) {
        for (int i = 0; i < writes; i++) {
            ledger.set(kv, name + i);
        }
    }

    private static long walSize(Path file) throws IOException {
        return Files.size(file.resolveSibling(file.getFileName() + "-wal"));
    }
}
