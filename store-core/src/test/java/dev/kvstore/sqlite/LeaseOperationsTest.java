package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kvstore.KvClosedException;
import dev.kvstore.KvLease;
import dev.kvstore.KvLeases;
import dev.kvstore.MovedClock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Leases of one store in memory; the contract says all of it. */
@NullUnmarked
class LeaseOperationsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

    private final MovedClock clock = new MovedClock();
    private final SqliteKvStore kv =
            SqliteKvStore.builder().inMemory().clock(clock).build();
    private final KvLeases leases = kv.leases();

    @AfterEach
    void close() {
        kv.close();
    }

    @Test
    void aLeaseIsWaitedForNoLongerThanAsked() throws Exception {
        KvLease lease = leases.acquire("name", MINUTE, FOR_EVER).orElseThrow();

        assertThat(leases.acquire("name", MINUTE, Duration.ZERO)).isEmpty();
        assertThat(leases.acquire("name", MINUTE, Duration.ofNanos(1))).isEmpty();
        assertThat(leases.acquire("name", MINUTE, Duration.ofMillis(20))).isEmpty();
        assertThat(lease.renew(FOR_EVER)).isTrue();
        assertThat(lease.expiresAt()).isEqualTo(Instant.MAX);
        assertThat(leases.acquire("name", MINUTE, Duration.ofMillis(1))).isEmpty();
    }

    @Test
    void aLeaseWhoseTimeIsUpIsLost() {
        KvLease lease = leases.tryAcquire("name", MINUTE).orElseThrow();
        clock.move(MINUTE.plusMillis(1));

        assertThat(lease.renew(MINUTE)).isFalse();
        KvLease next = leases.tryAcquire("name", MINUTE).orElseThrow();
        lease.close();

        assertThat(next.token()).isGreaterThan(lease.token());
        assertThat(next.renew(MINUTE)).isTrue();
        assertThat(next).hasToString("KvLease[name until " + next.expiresAt() + "]");
        assertThat(next.name()).isEqualTo("name");
    }

    @Test
    void anInterruptedThreadDoesNotWait() {
        assertThat(leases.tryAcquire("name", MINUTE)).isPresent();

        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> leases.acquire("name", MINUTE, FOR_EVER));
    }

    @Test
    void badArgumentsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> leases.tryAcquire(null, MINUTE));
        assertThatIllegalArgumentException().isThrownBy(() -> leases.tryAcquire("name", null));
        assertThatIllegalArgumentException().isThrownBy(() -> leases.tryAcquire("name", Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> leases.acquire("name", MINUTE, null));
        assertThatIllegalArgumentException().isThrownBy(() -> leases.acquire("name", MINUTE, Duration.ofSeconds(-1)));
    }

    @Test
    void aClosedStoreHasNoLeases() {
        KvLease lease = leases.tryAcquire("name", MINUTE).orElseThrow();
        kv.close();

        assertThatExceptionOfType(KvClosedException.class).isThrownBy(() -> lease.renew(MINUTE));
        assertThatExceptionOfType(KvClosedException.class).isThrownBy(() -> leases.tryAcquire("name", MINUTE));
    }
}
