package dev.kvstore.contract.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.Durability;
import dev.kvstore.KvLease;
import dev.kvstore.KvLeases;
import dev.kvstore.TemplateSettings;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.Engine;
import dev.kvstore.engine.Query;
import dev.kvstore.jdbc.JdbcKvStore;
import dev.kvstore.jdbc.Limits;
import dev.kvstore.jdbc.StoreOptions;
import dev.kvstore.jdbc.TemplateRenderer;
import dev.kvstore.test.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

/** A call whose outcome is unknown leaves a lease that the next call can use. */
class UncertainLeaseTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TestClock clock = TestClock.standingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final H2Engine h2 = new H2Engine(clock::instant);
    private final Uncertain engine = new Uncertain(h2);
    private final KvLeases leases = new JdbcKvStore(
            engine,
            new StoreOptions(Limits.DEFAULTS, null),
            TemplateRenderer.with(TemplateSettings.DEFAULTS)) {}.leases();
    private final KvLease lease = leases.tryAcquire("name", MINUTE).orElseThrow();

    @AfterEach
    void close() {
        h2.close();
    }

    @Test
    void aLeaseThatWasRenewedUnknowinglyIsRenewedAgainAndClosed() {
        long token = lease.token();
        clock.advance(Duration.ofSeconds(59));
        failRenewing(Outcome.COMMITTED);
        clock.advance(Duration.ofSeconds(2));

        assertThat(lease.renew(MINUTE)).isTrue();
        assertThat(lease.token()).isEqualTo(token);
        failRenewing(Outcome.COMMITTED);
        failRenewing(Outcome.COMMITTED);
        lease.close();
        assertThat(leases.tryAcquire("name", MINUTE).orElseThrow().token()).isGreaterThan(token);
    }

    @Test
    void aLeaseWhoseRenewalHadNoEffectIsRenewedAgain() {
        failRenewing(Outcome.NOT_EXECUTED);

        assertThat(lease.renew(MINUTE)).isTrue();
        assertThat(lease.expiresAt()).isEqualTo(clock.instant().plus(MINUTE));
    }

    @Test
    void aLeaseThatSomebodyElseTookSinceIsLost() {
        failRenewing(Outcome.COMMITTED);
        clock.advance(Duration.ofSeconds(61));
        KvLease next = leases.tryAcquire("name", MINUTE).orElseThrow();

        assertThat(lease.renew(MINUTE)).isFalse();
        lease.close();
        assertThat(next.renew(MINUTE)).isTrue();
    }

    @Test
    void aLeaseWhoseEndFailedCanBeClosedAgain() {
        for (Outcome outcome : Outcome.values()) {
            KvLease closed = leases.tryAcquire(outcome.name(), MINUTE).orElseThrow();
            engine.next = outcome;
            assertThatExceptionOfType(DataAccessResourceFailureException.class).isThrownBy(closed::close);
            closed.close();
            assertThat(closed.renew(MINUTE)).isFalse();
            assertThat(leases.tryAcquire(outcome.name(), MINUTE)).isPresent();
        }
    }

    @Test
    void everyWriteOfALeaseReachesTheDisk() {
        lease.renew(MINUTE);
        lease.close();

        assertThat(engine.durabilities).containsExactly(Durability.FULL);
    }

    private void failRenewing(Outcome outcome) {
        Instant before = lease.expiresAt();
        engine.next = outcome;
        assertThatExceptionOfType(DataAccessResourceFailureException.class).isThrownBy(() -> lease.renew(MINUTE));
        assertThat(lease.expiresAt()).isEqualTo(before);
    }

    private enum Outcome {
        COMMITTED,
        NOT_EXECUTED
    }

    /** Fails one write, whose outcome its caller does not know. */
    private static final class Uncertain implements Engine {

        private final Engine engine;
        private final Set<Durability> durabilities = new HashSet<>();
        private @Nullable Outcome next;

        Uncertain(Engine engine) {
            this.engine = engine;
        }

        @Override
        public <T extends @Nullable Object> T write(Change<T> change, Durability durability) {
            durabilities.add(durability);
            Outcome outcome = next;
            next = null;
            if (outcome == null) {
                return engine.write(change, durability);
            }
            if (outcome == Outcome.COMMITTED) {
                engine.write(change, durability);
            }
            throw new DataAccessResourceFailureException("The outcome is unknown");
        }

        @Override
        public <T extends @Nullable Object> T read(Query<T> query) {
            return engine.read(query);
        }

        @Override
        public void requireNotCommitting() {
            engine.requireNotCommitting();
        }

        @Override
        public void requireOpen() {
            engine.requireOpen();
        }

        @Override
        public Instant now() {
            return engine.now();
        }
    }
}
