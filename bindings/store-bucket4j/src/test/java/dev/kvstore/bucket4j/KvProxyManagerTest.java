package dev.kvstore.bucket4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.Durability;
import dev.kvstore.KvClosedException;
import dev.kvstore.KvGroup;
import dev.kvstore.KvStore;
import dev.kvstore.MovedClock;
import dev.kvstore.sqlite.SqliteKvStore;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.BucketProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KvProxyManagerTest {

    private static final BucketConfiguration THOUSAND = BucketConfiguration.builder()
            .addLimit(limit -> limit.capacity(1000).refillGreedy(1, Duration.ofDays(1)))
            .build();

    private static KvGroup<byte[]> group(KvStore store) {
        return store.group("buckets", byte[].class).durability(Durability.NORMAL);
    }

    /** Each thread has a Bucket object of its own, as each request of a server has. */
    private static int consumed(List<KvProxyManager> managers, int threads, int requests) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(threads);
        CountDownLatch start = new CountDownLatch(1);
        try {
            List<Future<Integer>> results = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                KvProxyManager manager = managers.get(i % managers.size());
                results.add(callers.submit(() -> {
                    start.await();
                    int consumed = 0;
                    for (int request = 0; request < requests; request++) {
                        consumed += manager.getProxy("bucket", () -> THOUSAND).tryConsume(1) ? 1 : 0;
                    }
                    return consumed;
                }));
            }
            start.countDown();
            int sum = 0;
            for (Future<Integer> result : results) {
                sum += result.get();
            }
            return sum;
        } finally {
            callers.shutdown();
        }
    }

    @Test
    void manyThreadsConsumeExactlyWhatThereIs() throws Exception {
        try (SqliteKvStore store = SqliteKvStore.inMemory()) {
            KvProxyManager manager = KvProxyManager.builder(group(store)).build();

            assertThat(consumed(List.of(manager), 64, 20)).isEqualTo(1000);
        }
    }

    @Test
    void twoProcessesConsumeExactlyWhatThereIs(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("kvstore.db");
        try (SqliteKvStore one = SqliteKvStore.open(file);
                SqliteKvStore other = SqliteKvStore.open(file)) {
            List<KvProxyManager> managers = List.of(
                    KvProxyManager.builder(group(one)).build(),
                    KvProxyManager.builder(group(other)).build());

            assertThat(consumed(managers, 16, 80)).isEqualTo(1000);
        }
    }

    @Test
    void requestsOfOneProcessAreCombined() throws Exception {
        try (SqliteKvStore store = SqliteKvStore.inMemory()) {
            KvProxyManager manager = KvProxyManager.builder(group(store)).build();
            long before = manager.getProxy("bucket", () -> THOUSAND).getAvailableTokens();
            long version = group(store).entry("bucket").orElseThrow().version();

            consumed(List.of(manager), 64, 15);

            // Versions are counted per write: a store that was asked for each request would have used as many.
            assertThat(before).isEqualTo(1000);
            assertThat(group(store).entry("bucket").orElseThrow().version() - version)
                    .isLessThan(64 * 15);
        }
    }

    @Test
    void aBucketThatIsFullAgainLeavesNothing() {
        MovedClock clock = new MovedClock();
        try (SqliteKvStore store =
                SqliteKvStore.builder().inMemory().clock(clock).build()) {
            KvProxyManager manager = KvProxyManager.builder(group(store))
                    .clientClock(meter(clock))
                    .build();
            BucketProxy bucket = manager.getProxy(
                    "bucket",
                    () -> BucketConfiguration.builder()
                            .addLimit(limit -> limit.capacity(60).refillGreedy(60, Duration.ofMinutes(1)))
                            .build());
            bucket.tryConsume(30);

            clock.move(Duration.ofSeconds(39));
            assertThat(group(store).contains("bucket")).isTrue();
            clock.move(Duration.ofSeconds(2));
            assertThat(group(store).contains("bucket")).isFalse();
            assertThat(bucket.getAvailableTokens()).isEqualTo(60);
        }
    }

    private static TimeMeter meter(MovedClock clock) {
        return new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return clock.instant().toEpochMilli() * 1_000_000;
            }

            @Override
            public boolean isWallClockBased() {
                return true;
            }
        };
    }

    @Test
    void aBucketOutlivesTheStore(@TempDir Path directory) {
        Path file = directory.resolve("kvstore.db");
        try (SqliteKvStore store = SqliteKvStore.open(file)) {
            KvProxyManager.builder(group(store))
                    .build()
                    .getProxy("bucket", () -> THOUSAND)
                    .tryConsume(400);
        }
        try (SqliteKvStore store = SqliteKvStore.open(file)) {
            assertThat(KvProxyManager.builder(group(store))
                            .build()
                            .getProxy("bucket", () -> THOUSAND)
                            .getAvailableTokens())
                    .isEqualTo(600);
        }
    }

    @Test
    void anErrorOfTheStoreReachesTheCaller() {
        SqliteKvStore store = SqliteKvStore.inMemory();
        KvProxyManager manager = KvProxyManager.builder(group(store)).build();
        store.close();

        assertThatExceptionOfType(KvClosedException.class)
                .isThrownBy(() -> manager.getProxy("bucket", () -> THOUSAND).tryConsume(1));
    }

    @Test
    void withoutAnExecutorThereIsNoAsynchronousMode() {
        try (SqliteKvStore store = SqliteKvStore.inMemory()) {
            KvProxyManager manager = KvProxyManager.builder(group(store)).build();

            assertThat(manager.isAsyncModeSupported()).isFalse();
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(manager::asAsync);
        }
    }
}
