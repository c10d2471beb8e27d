package dev.kvstore.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.Expiry;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An entry lives at least as long as its ttl. */
class ExpiryTimeTest {

    private static final Instant NOW = Instant.ofEpochMilli(1_000);

    @Test
    void theEndIsRoundedUpToAMillisecond() {
        assertThat(expiry(NOW, Duration.ofMillis(5))).isEqualTo(1_005);
        assertThat(expiry(NOW.plusNanos(1), Duration.ofMillis(5))).isEqualTo(1_006);
        assertThat(expiry(NOW, Duration.ofNanos(1))).isEqualTo(1_001);
    }

    @Test
    void anEntryWithoutTtlNeverExpires() {
        assertThat(expiry(NOW, null)).isNull();
    }

    @Test
    void anEndBeyondTheRangeOfInstantsNeverExpires() {
        assertThat(expiry(NOW, Duration.ofSeconds(Long.MAX_VALUE))).isNull();
    }

    @Test
    void anEndBeyondTheRangeOfMillisecondsNeverExpires() {
        assertThat(expiry(Instant.MAX.minusSeconds(2), Duration.ofSeconds(1))).isNull();
    }

    private static @Nullable Long expiry(Instant now, @Nullable Duration ttl) {
        return ExpiryTime.ofNew(ttl == null ? Expiry.never() : Expiry.after(ttl), now);
    }
}
