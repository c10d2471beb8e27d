package dev.kvstore.reliability;

import dev.kvstore.KvStore;
import dev.kvstore.secrets.Secrets;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * An operation of a thread in a crash test: a pure function of the seed, the thread and the number of the operation, so
 * that the surviving process knows the operations of the killed one.
 *
 * @param now the time of the store's clock for the operation
 */
record CrashOperation(
        Kind kind,
        String group,
        String key,
        String value,
        @Nullable Duration ttl,
        Instant now) {

    enum Kind {
        SET,
        DELETE,
        DELETE_GROUP,
        PURGE
    }

    /** The time of all operations, except sets of entries that must be expired by then. */
    static final Instant PRESENT = Instant.parse("2026-01-01T00:00:00Z");

    static final Instant PAST = PRESENT.minus(Duration.ofHours(1));

    private static final int GROUPS = 2;
    private static final int KEYS = 16;
    private static final int LONGEST_VALUE = 12_000;
    /** One in so many values is much longer than a page of the WAL or the database, and takes long to write. */
    private static final int ONE_IN_HUGE = 400;

    private static final int HUGE_VALUE = 2_000_000;

    static CrashOperation of(long seed, int thread, long n) {
        SplittableRandom random = new SplittableRandom(seed + ((long) thread << 40) + n);
        String group = group(thread, random.nextInt(GROUPS));
        String key = "key " + random.nextInt(KEYS);
        String mark = Secrets.VALUE + thread + "/" + n + ";";
        int longest = random.nextInt(ONE_IN_HUGE) == 0 ? HUGE_VALUE : LONGEST_VALUE;
        String value = mark.repeat(1 + random.nextInt(longest / mark.length()));
        Duration ttl = Duration.ofMillis(1 + random.nextLong(Duration.ofHours(1).toMillis()));
        int choice = random.nextInt(100);
        if (choice < 60) {
            return new CrashOperation(Kind.SET, group, key, value, null, PRESENT);
        }
        if (choice < 75) {
            return new CrashOperation(Kind.SET, group, key, value, ttl, PRESENT);
        }
        if (choice < 83) {
            return new CrashOperation(Kind.SET, group, key, value, ttl, PAST);
        }
        Kind kind = choice < 92 ? Kind.DELETE : choice < 96 ? Kind.DELETE_GROUP : Kind.PURGE;
        return new CrashOperation(kind, group, key, "", null, PRESENT);
    }

    /** The groups of one thread, which no other thread writes to. */
    static String group(int thread, int number) {
        return "thread " + thread + ", group " + number;
    }

    static int groups() {
        return GROUPS;
    }

    /** When the set entry expires, null for never. */
    @Nullable
    Instant expiresAt() {
        return ttl == null ? null : now.plus(ttl);
    }

    /** Whether it sets an entry that is live at the present and expires later. */
    boolean expiresLater() {
        return kind == Kind.SET && ttl != null && now.equals(PRESENT);
    }

    void applyTo(KvStore kv) {
        switch (kind) {
            case SET -> {
                if (ttl == null) {
                    kv.set(group, key, value);
                } else {
                    kv.set(group, key, value, ttl);
                }
            }
            case DELETE -> kv.delete(group, key);
            case DELETE_GROUP -> kv.deleteGroup(group);
            case PURGE -> kv.purgeExpired();
        }
    }
}
