package dev.kvstore.reliability;

import dev.kvstore.Durability;
import dev.kvstore.Expiry;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An operation of a thread in a crash test. Except in {@link #SHARED}, no other thread writes to its groups.
 *
 * @param mark a short value, which no other operation sets
 * @param other another key of the group
 * @param now the time of the store's clock for the operation
 */
record CrashOperation(
        Kind kind,
        int thread,
        String group,
        String key,
        String other,
        String value,
        String mark,
        @Nullable Duration ttl,
        Instant now,
        Durability durability) {

    enum Kind {
        SET(50, Effect.NEW_VERSION),
        SET_ALL(4, Effect.NEW_VERSION),
        SET_IF_ABSENT(3, Effect.PERHAPS),
        SET_IF_PRESENT(2, Effect.PERHAPS),
        COMPARE_AND_SET(5, Effect.NEW_VERSION),
        COMPARE_AND_DELETE(2, Effect.PERHAPS),
        GET_AND_SET(3, Effect.NEW_VERSION),
        GET_AND_DELETE(2, Effect.PERHAPS),
        GET_OR_COMPUTE(2, Effect.PERHAPS),
        UPDATE(2, Effect.PERHAPS),
        EXPIRE(2, Effect.PERHAPS),
        INCREMENT(2, Effect.NEW_VERSION),
        /** Increments a counter of all threads. */
        INCREMENT_SHARED(3, Effect.WRITE),
        /** Sets and deletes in two groups, and increments two counters, one of which belongs to all threads. */
        BATCH(4, Effect.NEW_VERSION),
        REFUSED_BATCH(1, Effect.PERHAPS),
        DELETE(5, Effect.PERHAPS),
        DELETE_RANGE(2, Effect.PERHAPS),
        DELETE_GROUP(3, Effect.PERHAPS),
        PURGE(3, Effect.PERHAPS);

        private enum Effect {
            /** It writes only in some states. */
            PERHAPS,
            WRITE,
            /** It writes the entry of its key, and no other thread does. */
            NEW_VERSION
        }

        /** One in 100 operations is this one, times this. */
        final int weight;

        private final Effect effect;

        Kind(int weight, Effect effect) {
            this.weight = weight;
            this.effect = effect;
        }
    }

    /** The time of all operations, except sets of entries that must be expired by then. */
    static final Instant PRESENT = Instant.parse("2026-01-01T00:00:00Z");

    static final Instant PAST = PRESENT.minus(Duration.ofHours(1));

    /** The group of all threads, and the counters in it. */
    static final String SHARED = "shared";

    static final String INCREMENTS = "increments";
    static final String BATCHES = "batches";

    /** The counter in a group. */
    static final String COUNTER = "counter";

    /** What the keys that are set together begin with. */
    static final String MANY = "many ";

    static final int LENGTH_OF_MANY = 50;

    /** The number of groups whose keys are chosen at random. */
    static final int RANDOM_GROUPS = 2;

    /** The groups of one thread. The last one only counts its batches. */
    static String group(int thread, int number) {
        return "thread " + thread + ", group " + number;
    }

    static int groups() {
        return RANDOM_GROUPS + 1;
    }

    static String groupOfBatches(int thread) {
        return group(thread, RANDOM_GROUPS);
    }

    /** When the set entry expires, null for never. */
    @Nullable
    Instant expiresAt() {
        return ttl == null ? null : now.plus(ttl);
    }

    Expiry expiry() {
        return ttl == null ? Expiry.never() : Expiry.after(ttl);
    }

    /** Whether it sets an entry that is live at the present and expires later. */
    boolean expiresLater() {
        return kind == Kind.SET && ttl != null && now.equals(PRESENT);
    }

    /** Whether it gives the entry of its key a new version, in whatever state. */
    boolean givesNewVersion() {
        return kind.effect == Kind.Effect.NEW_VERSION;
    }

    /** Whether all writes that were acknowledged before it survive a power cut once it is acknowledged. */
    boolean isSynced() {
        return durability == Durability.FULL && kind.effect != Kind.Effect.PERHAPS;
    }

    /** The name of the entry in messages. */
    String name() {
        return group + "/" + key;
    }
}
