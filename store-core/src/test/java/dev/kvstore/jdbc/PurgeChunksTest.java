package dev.kvstore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A purge consists of many short transactions, so that other writes can run between them. */
class PurgeChunksTest {

    private final List<Integer> chunks = new ArrayList<>();
    private long nanos = 1_000_000_000;
    private int left;

    /** Removes rows in transactions that all take the same time, whatever the number of rows. */
    private long purge(int rows, Duration each) {
        left = rows;
        return new PurgeChunks(() -> nanos).remove(limit -> {
            chunks.add(limit);
            nanos += each.toNanos();
            int removed = Math.min(limit, left);
            left -= removed;
            return removed;
        });
    }

    @Test
    void aPurgeEndsWhenAChunkIsNotFull() {
        assertThat(purge(15, Duration.ZERO)).isEqualTo(15);
        assertThat(chunks).containsExactly(16);
    }

    @Test
    void shortTransactionsGrowToAtMost500Rows() {
        assertThat(purge(2_000, Duration.ofMillis(10).minusNanos(1))).isEqualTo(2_000);
        assertThat(chunks).containsExactly(16, 32, 64, 128, 256, 500, 500, 500, 500);
    }

    @Test
    void transactionsOf10To20MillisecondsKeepTheirSize() {
        assertThat(purge(40, Duration.ofMillis(10))).isEqualTo(40);
        assertThat(purge(40, Duration.ofMillis(20))).isEqualTo(40);
        assertThat(chunks).containsExactly(16, 16, 16, 16, 16, 16);
    }

    @Test
    void longTransactionsShrinkToOneRow() {
        assertThat(purge(32, Duration.ofMillis(20).plusNanos(1))).isEqualTo(32);
        assertThat(chunks).containsExactly(16, 8, 4, 2, 1, 1, 1);
    }
}
