package dev.kvstore.sqlite.wal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.sqlite.CapturedLog;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A growing WAL causes warnings that name its likely cause. */
class WalGrowthTest {

    private static final int PAGE_SIZE = 1_024;
    private static final int MEGABYTE = (1 << 20) / PAGE_SIZE;

    @Test
    void aWarningIsLoggedOnceForEachDoubling() {
        WalGrowth growth = new WalGrowth(Path.of("kvstore.db"), PAGE_SIZE, new LeaderLog(WalGrowth.class));
        try (CapturedLog log = new CapturedLog()) {
            growth.look(4 * MEGABYTE, false);
            growth.look(64 * MEGABYTE - 1, false);
            assertThat(log.lines("WARN")).isEmpty();

            growth.look(64 * MEGABYTE, false);
            growth.look(65 * MEGABYTE, false);
            growth.look(127 * MEGABYTE, false);
            assertThat(log.lines("WARN"))
                    .singleElement()
                    .asString()
                    .startsWith("Store 'kvstore.db': its WAL has grown to 64 MB.")
                    .contains("Another process")
                    .contains("with an open read transaction");

            growth.look(600 * MEGABYTE, false);
            growth.look(1_000 * MEGABYTE, false);
            assertThat(log.lines("WARN")).hasSize(2);
        }
    }

    @Test
    void theWarningBlamesTheStoresOwnReadsWhenTheyHoldTheWal() {
        WalGrowth growth = new WalGrowth(Path.of("kvstore.db"), PAGE_SIZE, new LeaderLog(WalGrowth.class));
        try (CapturedLog log = new CapturedLog()) {
            growth.look(64 * MEGABYTE, true);

            assertThat(log.lines("WARN"))
                    .singleElement()
                    .asString()
                    .contains("reads of this store itself")
                    .doesNotContain("nother");
        }
    }
}
