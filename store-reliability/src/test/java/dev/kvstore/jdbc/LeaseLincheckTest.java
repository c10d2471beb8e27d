package dev.kvstore.jdbc;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.Durability;
import dev.kvstore.Expiry;
import dev.kvstore.KvLease;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.Condition;
import dev.kvstore.engine.Engine;
import dev.kvstore.engine.Query;
import dev.kvstore.engine.StoredEntry;
import dev.kvstore.engine.Value;
import dev.kvstore.reliability.Interleavings;
import java.time.Duration;
import java.util.OptionalLong;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** A lease that several threads renew and close at once is renewed until it is closed, and is free afterwards. */
@NullUnmarked
class LeaseLincheckTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String[] RENEWALS_AND_CLOSE = {"renew renew", "close take"};

    private static final Interleavings SCENARIOS = Interleavings.comparedWith(OneLease.class)
            .of(RENEWALS_AND_CLOSE)
            .of("renew close", "close", "take renew")
            .of("renew", "renew", "close take");

    @Test
    void aLeaseIsCorrectInEveryInterleaving() {
        SCENARIOS.walk(Held.class, "lease");
    }

    @Test
    void aLeaseIsCorrectWhenThreadsRace() {
        SCENARIOS.race(Held.class);
    }

    @Test
    void theLeaseForAPlantedFlawIsCorrectWithoutIt() {
        SCENARIOS.walk(Locked.class);
    }

    @Test
    void aLeaseWithoutALockIsFoundByModelChecking() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> SCENARIOS.seek(Unlocked.class, RENEWALS_AND_CLOSE))
                .withMessageContaining("Invalid execution results");
    }

    /** The negative control of the race. */
    @Test
    void aLeaseWithoutALockIsFoundByARace() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> SCENARIOS.seekByRace(Unlocked.class, RENEWALS_AND_CLOSE))
                .withMessageContaining("Invalid execution results");
    }

    /** The sequential specification. */
    public static class OneLease {

        private boolean closed;
        private boolean takenAgain;

        @Operation
        public boolean renew() {
            return !closed;
        }

        @Operation
        public void close() {
            closed = true;
        }

        /** Somebody else takes the lease. */
        @Operation
        public boolean take() {
            boolean taken = closed && !takenAgain;
            takenAgain |= taken;
            return taken;
        }
    }

    /** A lease on an engine. */
    public abstract static class OnAnEngine {

        final Engine engine = new OneRowEngine();

        @Operation
        public abstract boolean renew();

        @Operation
        public abstract void close();

        @Operation
        public boolean take() {
            return put(engine, "another", Condition.ABSENT).isPresent();
        }

        static OptionalLong put(Engine engine, String holder, Condition condition) {
            return engine.write(
                    new Change.Put(
                            OwnGroups.LEASES,
                            "name",
                            new Value.Text(holder),
                            holder.length(),
                            Expiry.after(MINUTE),
                            condition),
                    Durability.FULL);
        }
    }

    public static class Held extends OnAnEngine {

        private final KvLease lease = JdbcKvLease.take(
                        new Entries(
                                engine,
                                Limits.DEFAULTS,
                                null,
                                new Subscriptions(new ChangeFeed(engine, 1, ChangeRetention.DEFAULTS))),
                        new LeaseWaits(),
                        "name",
                        MINUTE)
                .orElseThrow();

        @Override
        public boolean renew() {
            return lease.renew(MINUTE);
        }

        @Override
        public void close() {
            lease.close();
        }
    }

    /** The same with the lock of the object. */
    public static class Locked extends Unlocked {

        @Override
        public synchronized boolean renew() {
            return super.renew();
        }

        @Override
        public synchronized void close() {
            super.close();
        }
    }

    public static class Unlocked extends OnAnEngine {

        private long version = put(engine, "holder", Condition.ABSENT).orElseThrow();
        private boolean closed;

        @Override
        public boolean renew() {
            return !closed && (prolong() || (findVersion() && prolong()));
        }

        private boolean prolong() {
            OptionalLong written = put(engine, "holder", Condition.version(version));
            version = written.orElse(version);
            return written.isPresent();
        }

        @Override
        public void close() {
            if (!closed && !delete() && findVersion()) {
                delete();
            }
            closed = true;
        }

        private boolean delete() {
            return engine.write(
                    new Change.Delete(OwnGroups.LEASES, "name", Condition.version(version)), Durability.FULL);
        }

        private boolean findVersion() {
            StoredEntry found = engine.read(new Query.Find(OwnGroups.LEASES, "name"));
            if (!new Value.Text("holder").equals(found.value())) {
                return false;
            }
            version = found.version();
            return true;
        }
    }
}
