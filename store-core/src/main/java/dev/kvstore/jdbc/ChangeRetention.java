package dev.kvstore.jdbc;

import java.time.Duration;
import org.springframework.util.unit.DataSize;

/**
 * What the log of changes keeps for subscribers that have not read it.
 *
 * @param duration changes that are older are removed
 * @param maxSize about how many bytes of changes are kept
 */
public record ChangeRetention(Duration duration, DataSize maxSize) {

    /** Seven days, and 64 MB. */
    public static final ChangeRetention DEFAULTS = new ChangeRetention(Duration.ofDays(7), DataSize.ofMegabytes(64));

    public ChangeRetention {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("changesRetention must be positive: " + duration);
        }
        if (maxSize.toBytes() < 1) {
            throw new IllegalArgumentException("changesMaxSize must be at least 1B: " + maxSize);
        }
    }
}
