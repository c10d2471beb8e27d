package dev.kvstore.contract;

import dev.kvstore.KvStore;
import dev.kvstore.test.TestClock;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/**
 * The behaviour of every store, independent of its engine. The tests of an engine extend this class:
 *
 * <pre>{@code
 * class MemoryStoreTest extends KvStoreContract {
 *
 *     @Override
 *     protected KvStore openStore(InstantSource clock) {
 *         return SqliteKvStore.builder().inMemory().clock(clock).build();
 *     }
 *
 *     @Override
 *     protected void closeStore(KvStore store) {
 *         ((SqliteKvStore) store).close();
 *     }
 * }
 * }</pre>
 *
 * @since 0.1
 */
public abstract class KvStoreContract {

    /** Part of values and templates, and forbidden in messages and logs: an engine can search its log for it. */
    public static final String VALUE = "s3cret";

    final TestClock clock = TestClock.standingAt(Instant.parse("2026-01-01T00:00:00.0004Z"));
    KvStore kv;

    /** Opens a new, empty store with the given clock and the default limits. */
    protected abstract KvStore openStore(InstantSource clock);

    /** Closes a store, which may be closed already. */
    protected abstract void closeStore(KvStore store);

    /** Whether the engine has a log of changes; one that has not is not tested for {@link KvStore#changes()}. */
    protected boolean hasChanges() {
        return true;
    }

    @BeforeEach
    void open() {
        kv = openStore(clock::instant);
    }

    @AfterEach
    void close() {
        closeStore(kv);
    }

    @Nested
    class Entries extends EntriesContract {

        Entries() {
            super(KvStoreContract.this);
        }
    }

    @Nested
    class Groups extends GroupsContract {

        Groups() {
            super(KvStoreContract.this);
        }
    }

    @Nested
    class Text extends TextContract {

        Text() {
            super(KvStoreContract.this);
        }
    }

    @Nested
    class InvalidInput extends InvalidInputContract {

        InvalidInput() {
            super(KvStoreContract.this);
        }
    }

    @Nested
    class Limits extends LimitsContract {

        Limits() {
            super(KvStoreContract.this);
        }
    }

    @Nested
    class Expiry extends ExpiryContract {

        Expiry() {
            super(KvStoreContract.this);
        }
    }

    @Nested
    class Changes extends ChangesContract {

        Changes() {
            super(KvStoreContract.this);
        }
    }

    @Nested
    class DurableChanges extends DurableChangesContract {

        DurableChanges() {
            super(KvStoreContract.this);
        }
    }

    @Nested
    class Subscriptions extends SubscriptionsContract {

        Subscriptions() {
            super(KvStoreContract.this);
        }
    }

    @Nested
    class Rendering extends RenderingContract {

        Rendering() {
            super(KvStoreContract.this);
        }
    }

    @Nested
    class Loads extends LoadsContract {

        Loads() {
            super(KvStoreContract.this);
        }
    }

    @Nested
    class Maps extends MapContract {

        Maps() {
            super(KvStoreContract.this);
        }
    }

    @Nested
    class MapIteration extends MapIterationContract {

        MapIteration() {
            super(KvStoreContract.this);
        }
    }

    @Nested
    class Live extends LiveContract {

        Live() {
            super(KvStoreContract.this);
        }
    }

    @Nested
    class Version extends VersionContract {

        Version() {
            super(KvStoreContract.this);
        }
    }

    @Nested
    class GroupExpiry extends GroupExpiryContract {

        GroupExpiry() {
            super(KvStoreContract.this);
        }
    }

    @Nested
    class Expire extends ExpireContract {

        Expire() {
            super(KvStoreContract.this);
        }
    }

    @Nested
    class Condition extends ConditionContract {

        Condition() {
            super(KvStoreContract.this);
        }
    }

    @Nested
    class Counter extends CounterContract {

        Counter() {
            super(KvStoreContract.this);
        }
    }

    @Nested
    class Update extends UpdateContract {

        Update() {
            super(KvStoreContract.this);
        }
    }

    @Nested
    class GroupReads extends GroupReadsContract {

        GroupReads() {
            super(KvStoreContract.this);
        }
    }

    @Nested
    class GroupWrites extends GroupWritesContract {

        GroupWrites() {
            super(KvStoreContract.this);
        }
    }

    @Nested
    class Range extends RangeContract {

        Range() {
            super(KvStoreContract.this);
        }
    }

    @Nested
    class KeyOrder extends KeyOrderContract {

        KeyOrder() {
            super(KvStoreContract.this);
        }
    }

    @Nested
    class Page extends PageContract {

        Page() {
            super(KvStoreContract.this);
        }
    }

    @Nested
    class Leases extends LeasesContract {

        Leases() {
            super(KvStoreContract.this);
        }
    }

    @Nested
    class LeaseWaits extends LeaseWaitsContract {

        LeaseWaits() {
            super(KvStoreContract.this);
        }
    }

    @Nested
    class Stream extends StreamContract {

        Stream() {
            super(KvStoreContract.this);
        }
    }

    @Nested
    class ClosedStore extends ClosedStoreContract {

        ClosedStore() {
            super(KvStoreContract.this);
        }
    }

    @Nested
    class GroupInput extends GroupInputContract {

        GroupInput() {
            super(KvStoreContract.this);
        }
    }

    @Nested
    class Batch extends BatchContract {

        Batch() {
            super(KvStoreContract.this);
        }
    }

    @Nested
    class BatchInput extends BatchInputContract {

        BatchInput() {
            super(KvStoreContract.this);
        }
    }

    @Nested
    class Interrupts extends InterruptsContract {

        Interrupts() {
            super(KvStoreContract.this);
        }
    }

    @Nested
    class CallerTransaction extends CallerTransactionContract {

        CallerTransaction() {
            super(KvStoreContract.this);
        }
    }

    @Nested
    class Types extends TypesContract {

        Types() {
            super(KvStoreContract.this);
        }
    }

    @Nested
    class Codec extends CodecContract {

        Codec() {
            super(KvStoreContract.this);
        }
    }

    @Nested
    class Durability extends DurabilityContract {

        Durability() {
            super(KvStoreContract.this);
        }
    }

    @Nested
    class SeveralCallers extends SeveralCallersContract {

        SeveralCallers() {
            super(KvStoreContract.this);
        }
    }

    @Nested
    class Snapshot extends SnapshotContract {

        Snapshot() {
            super(KvStoreContract.this);
        }
    }
}
