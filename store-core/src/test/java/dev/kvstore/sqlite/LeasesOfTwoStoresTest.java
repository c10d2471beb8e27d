package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvLease;
import dev.kvstore.MovedClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lease is held against other stores on the same file, and outlives the store that took it. */
class LeasesOfTwoStoresTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration LONG = Duration.ofHours(1);

    @TempDir
    Path directory;

    private final MovedClock clock = new MovedClock();

    @Test
    void oneStoreWaitsForTheOther() throws Exception {
        try (SqliteKvStore one = open();
                SqliteKvStore other = open()) {
            KvLease lease = one.leases().tryAcquire("name", MINUTE).orElseThrow();
            assertThat(other.leases().tryAcquire("name", MINUTE)).isEmpty();
            CompletableFuture<Optional<KvLease>> waiting = CompletableFuture.supplyAsync(() -> {
                try {
                    return other.leases().acquire("name", MINUTE, LONG);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });

            lease.close();

            KvLease next = waiting.get().orElseThrow();
            assertThat(next.token()).isGreaterThan(lease.token());
            assertThat(lease.renew(MINUTE)).isFalse();
            assertThat(one.leases().tryAcquire("name", MINUTE)).isEmpty();
        }
    }

    @Test
    void tokensGrowOverRestartsAndALeaseStaysTaken() {
        long token = 0;
        for (int restart = 0; restart < 5; restart++) {
            try (SqliteKvStore kv = open()) {
                assertThat(kv.leases().tryAcquire("name", MINUTE).isPresent()).isEqualTo(restart == 0);
                clock.move(MINUTE.plusMillis(1));
                KvLease lease = kv.leases().tryAcquire("name", MINUTE).orElseThrow();
                assertThat(lease.token()).isGreaterThan(token);
                token = lease.token();
            }
        }
    }

    @Test
    void aLeaseThatSeveralStoresRenewInTurnsKeepsItsOrder() {
        try (SqliteKvStore one = open();
                SqliteKvStore other = open()) {
            long token = 0;
            for (int i = 0; i < 300; i++) {
                SqliteKvStore store = i % 2 == 0 ? one : other;
                try (KvLease lease = store.leases().tryAcquire("name", MINUTE).orElseThrow()) {
                    assertThat(lease.token()).isGreaterThan(token);
                    assertThat(lease.renew(MINUTE)).isTrue();
                    token = lease.token();
                }
            }
        }
    }

    private SqliteKvStore open() {
        return SqliteKvStore.builder()
                .file(directory.resolve("kvstore.db"))
                .clock(clock)
                .build();
    }
}
