package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LogGrowthTest {

    private static final int PAGE_SIZE = 1_024;
    private static final int MEGABYTE = (1 << 20) / PAGE_SIZE;

    @Test
    void aWarningIsGivenOnceForEachDoubling() {
        LogGrowth growth = new LogGrowth(Path.of("kvstore.db"), PAGE_SIZE);
        try (CapturedLog log = new CapturedLog()) {
            growth.look(4 * MEGABYTE);
            growth.look(64 * MEGABYTE - 1);
            assertThat(log.lines("WARN")).isEmpty();

            growth.look(64 * MEGABYTE);
            growth.look(65 * MEGABYTE);
            growth.look(127 * MEGABYTE);
            assertThat(log.lines("WARN"))
                    .singleElement()
                    .asString()
                    .startsWith("Store 'kvstore.db': its write-ahead log has grown to 64 MB.")
                    .contains("keeps a read transaction open");

            growth.look(600 * MEGABYTE);
            growth.look(1_000 * MEGABYTE);
            assertThat(log.lines("WARN")).hasSize(2);
        }
    }
}
