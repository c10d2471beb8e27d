package dev.kvstore.commit;

import dev.kvstore.engine.SettingNames;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;

/**
 * How long an operation waits for a lock that another process holds.
 *
 * @param database how messages name the database
 * @param names how messages name the settings
 */
public record BusyTimeout(Duration limit, String database, SettingNames names) {

    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    public BusyTimeout(Duration limit, String database) {
        this(limit, database, SettingNames.OF_BUILDER);
    }

    /** Makes an attempt, and retries while the database is busy, until the limit has passed since the first attempt. */
    public <T extends @Nullable Object> T retry(Supplier<T> attempt) {
        long start = System.nanoTime();
        while (true) {
            try {
                return attempt.get();
            } catch (CannotAcquireLockException busy) {
                if (hasPassedSince(start)) {
                    throw exceeded(busy);
                }
            }
        }
    }

    /** Whether the limit has passed since a time of {@link System#nanoTime()}. */
    public boolean hasPassedSince(long start) {
        return System.nanoTime() - start >= limitNanos();
    }

    long limitNanos() {
        return limit.compareTo(LONGEST) < 0 ? limit.toNanos() : Long.MAX_VALUE;
    }

    CannotAcquireLockException exceeded(@Nullable CannotAcquireLockException busy) {
        return new CannotAcquireLockException(
                ("Store '%s': another process has held the lock for longer than the busy timeout of %s"
                                + " (%s); the operation had no effect and can be retried")
                        .formatted(database, limit, names.of("busyTimeout")),
                busy);
    }
}
