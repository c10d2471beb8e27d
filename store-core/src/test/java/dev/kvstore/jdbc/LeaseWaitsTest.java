package dev.kvstore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.Durability;
import dev.kvstore.KvLease;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.Engine;
import dev.kvstore.engine.Query;
import dev.kvstore.engine.StoredEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who is woken when a lease is closed, and that nothing is kept of those who have waited. */
class LeaseWaitsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final OneLease engine = new OneLease();
    private final LeaseWaits waits = new LeaseWaits();
    private final Subscriptions nobody = new Subscriptions(new ChangeFeed(engine, 1, ChangeRetention.DEFAULTS));
    private final KvLease lease = JdbcKvLease.take(
                    new Entries(engine, Limits.DEFAULTS, null, nobody), waits, "name", MINUTE)
            .orElseThrow();

    @Test
    void aClosedLeaseWakesOneOfThoseWhoWaitForIt() {
        Semaphore wakeUps = waits.begin("name");
        Semaphore same = waits.begin("name");
        Semaphore others = waits.begin("other");

        lease.close();
        lease.close();

        assertThat(same).isSameAs(wakeUps);
        assertThat(wakeUps.availablePermits()).isEqualTo(1);
        assertThat(others.availablePermits()).isZero();
    }

    @Test
    void aLostLeaseWakesNobody() {
        Semaphore wakeUps = waits.begin("name");
        engine.lost = true;

        lease.close();

        assertThat(wakeUps.availablePermits()).isZero();
    }

    @Test
    void nothingIsKeptOfThoseWhoHaveWaited() {
        assertThat(waits.isIdle()).isTrue();
        lease.close();
        assertThat(waits.isIdle()).isTrue();

        waits.begin("name");
        waits.begin("name");
        waits.end("name");
        assertThat(waits.isIdle()).isFalse();
        waits.end("name");
        assertThat(waits.isIdle()).isTrue();
    }

    /** Has one entry, which is there until it is lost. */
    private static final class OneLease implements Engine {

        private boolean lost;

        @Override
        @SuppressWarnings("unchecked")
        public <T extends @Nullable Object> T write(Change<T> change, Durability durability) {
            return (T) (change instanceof Change.Put ? OptionalLong.of(1) : (Object) !lost);
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T extends @Nullable Object> T read(Query<T> query) {
            return (T) StoredEntry.ABSENT;
        }

        @Override
        public void requireNotCommitting() {}

        @Override
        public void requireOpen() {}

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }
    }
}
