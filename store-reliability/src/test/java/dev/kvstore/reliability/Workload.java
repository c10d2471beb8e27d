package dev.kvstore.reliability;

import dev.kvstore.Durability;
import dev.kvstore.reliability.CrashOperation.Kind;
import dev.kvstore.secrets.Secrets;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The work of the threads in a crash test: each operation is a pure function of the seed, the thread and the number of
 * the operation, so that the surviving process knows the operations of the killed one.
 *
 * @param relaxed how many percent of the operations need not survive a power cut
 */
record Workload(long seed, int relaxed) {

    static final int THREADS = 8;

    private static final int KEYS = 16;
    private static final int LONGEST_VALUE = 12_000;

    /** One in so many values is much longer than a page of the WAL or the database, and takes long to write. */
    private static final int ONE_IN_HUGE = 400;

    private static final int HUGE_VALUE = 2_000_000;

    CrashOperation operation(int thread, long n) {
        SplittableRandom random = new SplittableRandom(seed + ((long) thread << 40) + n);
        Kind kind = kind(random.nextInt(100));
        String mark = Secrets.VALUE + thread + "/" + n + ";";
        int longest = random.nextInt(ONE_IN_HUGE) == 0 ? HUGE_VALUE : LONGEST_VALUE;
        String value = mark.repeat(1 + random.nextInt(longest / mark.length()));
        // Only a set does the same whether another thread has purged what has expired since.
        Instant now = kind == Kind.SET && random.nextInt(6) == 0 ? CrashOperation.PAST : CrashOperation.PRESENT;
        int number = random.nextInt(KEYS);
        int other = (number + 1 + random.nextInt(KEYS - 1)) % KEYS;
        return new CrashOperation(
                kind,
                thread,
                group(kind, thread, random),
                key(kind, number),
                key(other),
                value,
                mark,
                ttl(kind, now, random),
                now,
                random.nextInt(100) < relaxed ? Durability.NORMAL : Durability.FULL);
    }

    private static Kind kind(int choice) {
        int sum = 0;
        for (Kind kind : Kind.values()) {
            sum += kind.weight;
            if (choice < sum) {
                return kind;
            }
        }
        throw new IllegalStateException("The weights add up to " + sum + ", not to 100");
    }

    private static String group(Kind kind, int thread, SplittableRandom random) {
        return switch (kind) {
            case BATCH, REFUSED_BATCH -> CrashOperation.group(thread, 0);
            case INCREMENT_SHARED -> CrashOperation.SHARED;
            default -> CrashOperation.group(thread, random.nextInt(CrashOperation.RANDOM_GROUPS));
        };
    }

    private static String key(Kind kind, int number) {
        return switch (kind) {
            case INCREMENT -> CrashOperation.COUNTER;
            case INCREMENT_SHARED -> CrashOperation.INCREMENTS;
            case SET_ALL -> CrashOperation.MANY + 0;
            default -> key(number);
        };
    }

    private static String key(int number) {
        return "key " + number;
    }

    private static @Nullable Duration ttl(Kind kind, Instant now, SplittableRandom random) {
        boolean needed = kind == Kind.EXPIRE || kind == Kind.BATCH || !now.equals(CrashOperation.PRESENT);
        return needed || random.nextInt(5) == 0
                ? Duration.ofMillis(1 + random.nextLong(Duration.ofHours(1).toMillis()))
                : null;
    }
}
