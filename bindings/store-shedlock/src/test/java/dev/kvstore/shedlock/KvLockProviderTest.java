package dev.kvstore.shedlock;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.kvstore.KvGroup;
import dev.kvstore.MovedClock;
import dev.kvstore.sqlite.CapturedLog;
import dev.kvstore.sqlite.SqliteKvStore;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import net.javacrumbs.shedlock.core.ClockProvider;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.SimpleLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KvLockProviderTest {

    private final MovedClock clock = new MovedClock();
    private final SqliteKvStore store =
            SqliteKvStore.builder().inMemory().clock(clock).build();
    private final KvGroup<String> locks = store.group("shedlock:locks");
    private final KvLockProvider provider = new KvLockProvider(locks);
    private final KvLockProvider other = new KvLockProvider(locks);

    @BeforeEach
    void letShedLockUseTheClockOfTheStore() {
        ClockProvider.setClock(clock.withZone(ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        ClockProvider.setClock(Clock.systemUTC());
        store.close();
    }

    @Test
    void aLockHasOneHolderUntilItIsReleased() {
        SimpleLock lock = acquired(provider, ofMinutes(5), ZERO);
        assertThat(acquire(other, ofMinutes(5), ZERO)).isEmpty();

        lock.unlock();

        acquired(other, ofMinutes(5), ZERO);
    }

    @Test
    void aLockEndsAfterLockAtMostForByTheClockOfTheStore() {
        acquired(provider, ofMinutes(5), ZERO);

        clock.move(ofMinutes(5).minusMillis(1));
        assertThat(acquire(other, ofMinutes(5), ZERO)).isEmpty();
        clock.move(ofSeconds(1));
        acquired(other, ofMinutes(5), ZERO);
    }

    @Test
    void aReleasedLockStaysForTheRestOfLockAtLeastFor() {
        SimpleLock lock = acquired(provider, ofMinutes(5), ofMinutes(2));
        clock.move(ofMinutes(1));
        lock.unlock();

        clock.move(ofSeconds(59));
        assertThat(acquire(other, ofMinutes(5), ZERO)).isEmpty();
        clock.move(ofSeconds(2));
        acquired(other, ofMinutes(5), ZERO);
    }

    @Test
    void nothingStaysOfALockThatIsReleasedAfterLockAtLeastFor() {
        SimpleLock lock = acquired(provider, ofMinutes(5), ofMinutes(2));
        clock.move(ofMinutes(3));

        lock.unlock();

        assertThat(locks.contains("job")).isFalse();
    }

    @Test
    void aClockThatWasSetBackDoesNotProlongTheRest() {
        SimpleLock lock = acquired(provider, ofMinutes(5), ofMinutes(2));
        ClockProvider.setClock(Clock.offset(clock.withZone(ZoneOffset.UTC), Duration.ofDays(-1)));

        lock.unlock();

        assertThat(locks.entry("job").orElseThrow().expiresAt().orElseThrow())
                .isBefore(clock.instant().plus(ofMinutes(2)).plusMillis(2));
    }

    @Test
    void aLostLockIsNotReleasedByItsFormerHolder() {
        SimpleLock lost = acquired(provider, ofMinutes(5), ZERO);
        clock.move(ofMinutes(6));
        acquired(other, ofMinutes(5), ZERO);

        lost.unlock();

        assertThat(locks.contains("job")).isTrue();
    }

    @Test
    void aLostLockIsNotShortenedByItsFormerHolder() {
        SimpleLock lost = acquired(provider, ofMinutes(10), ofMinutes(9));
        locks.clear();
        acquired(other, ofMinutes(30), ZERO);

        lost.unlock();

        clock.move(ofMinutes(29));
        assertThat(locks.contains("job")).isTrue();
    }

    @Test
    void aLostLockIsNotExtended() {
        SimpleLock lost = acquired(provider, ofMinutes(5), ZERO);
        clock.move(ofMinutes(6));
        assertThat(lost.extend(ofMinutes(5), ZERO)).isEmpty();

        SimpleLock lostToAnother = acquired(provider, ofMinutes(5), ZERO);
        clock.move(ofMinutes(6));
        acquired(other, ofMinutes(5), ZERO);
        assertThat(lostToAnother.extend(ofMinutes(5), ZERO)).isEmpty();
    }

    @Test
    void theLossOfALockIsLoggedWhenItIsReleased() {
        SimpleLock lost = acquired(provider, ofMinutes(5), ZERO);
        clock.move(ofMinutes(6));

        try (CapturedLog log = new CapturedLog()) {
            lost.unlock();

            assertThat(log.lines("WARN"))
                    .singleElement()
                    .asString()
                    .contains("'job' had expired", "lockAtMostFor, which is PT5M");
        }
    }

    @Test
    void anExtendedLockEndsAtItsNewEnd() {
        SimpleLock lock = acquired(provider, ofMinutes(5), ZERO);
        clock.move(ofMinutes(4));
        SimpleLock extended = lock.extend(ofMinutes(5), ofMinutes(1)).orElseThrow();
        clock.move(ofMinutes(4));
        assertThat(acquire(other, ofMinutes(5), ZERO)).isEmpty();

        assertThatIllegalStateException().isThrownBy(lock::unlock);
        extended.unlock();

        acquired(other, ofMinutes(5), ZERO);
    }

    @Test
    void theShortestLockIsOneOfAMillisecond() {
        acquired(provider, ZERO, ZERO);

        clock.move(Duration.ofMillis(2));

        acquired(other, ofMinutes(5), ZERO);
    }

    @Test
    @SuppressWarnings("NullAway") // What this test is about.
    void nullIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new KvLockProvider(null));
        assertThatIllegalArgumentException().isThrownBy(() -> provider.lock(null));
    }

    private static Optional<SimpleLock> acquire(KvLockProvider provider, Duration atMost, Duration atLeast) {
        return provider.lock(new LockConfiguration(ClockProvider.now(), "job", atMost, atLeast));
    }

    private static SimpleLock acquired(KvLockProvider provider, Duration atMost, Duration atLeast) {
        return acquire(provider, atMost, atLeast).orElseThrow();
    }
}
