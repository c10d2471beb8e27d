package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kvstore.KvClosedException;
import dev.kvstore.KvLease;
import dev.kvstore.KvLeases;
import dev.kvstore.KvLimitException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One at a time has the lease of a name, until it is closed or its time is up. {@link LeaseWaitsContract} waits. */
@NullUnmarked
abstract class LeasesContract extends ContractPart {

    private KvLeases leases;

    LeasesContract(KvStoreContract contract) {
        super(contract);
    }

    @BeforeEach
    void lookUp() {
        leases = kv.leases();
    }

    private KvLease take(String name) {
        return leases.tryAcquire(name, MINUTE).orElseThrow();
    }

    @Test
    void aFreeLeaseIsTakenOnce() {
        KvLease lease = take("name");

        assertThat(lease.name()).isEqualTo("name");
        assertThat(lease.token()).isPositive();
        assertThat(leases.tryAcquire("name", MINUTE)).isEmpty();
        assertThat(kv.leases().tryAcquire("name", MINUTE)).isEmpty();
        assertThat(leases.tryAcquire("other", MINUTE)).isPresent();
    }

    @Test
    void aClosedLeaseIsFree() {
        KvLease lease = take("name");
        lease.close();

        assertThat(lease.renew(MINUTE)).isFalse();
        KvLease next = take("name");
        assertThat(next.token()).isGreaterThan(lease.token());

        lease.close();
        assertThat(leases.tryAcquire("name", MINUTE)).isEmpty();
        assertThat(next.renew(MINUTE)).isTrue();
    }

    @Test
    void aLeaseWhoseTimeIsUpIsFree() {
        KvLease lost = take("name");
        clock.advance(MINUTE.plusMillis(1));

        KvLease next = take("name");

        assertThat(next.token()).isGreaterThan(lost.token());
        assertThat(lost.renew(MINUTE)).isFalse();
        lost.close();
        assertThat(leases.tryAcquire("name", MINUTE)).isEmpty();
        assertThat(next.renew(MINUTE)).isTrue();
    }

    @Test
    void aLeaseWhoseTimeIsUpCannotBeRenewedEvenIfNobodyTookIt() {
        KvLease lease = take("name");
        KvLease purged = take("purged");
        clock.advance(MINUTE.plusMillis(1));

        assertThat(lease.renew(MINUTE)).isFalse();
        kv.purgeExpired();
        assertThat(purged.renew(MINUTE)).isFalse();
        lease.close();
        assertThat(leases.tryAcquire("name", MINUTE)).isPresent();
    }

    @Test
    void renewingMakesALeaseLastFromNowOn() {
        KvLease lease = take("name");
        long token = lease.token();

        clock.advance(Duration.ofSeconds(50));
        assertThat(lease.renew(MINUTE)).isTrue();
        clock.advance(Duration.ofSeconds(50));
        assertThat(lease.renew(Duration.ofSeconds(1))).isTrue();
        assertThat(lease.token()).isEqualTo(token);
        assertThat(leases.tryAcquire("name", MINUTE)).isEmpty();

        clock.advance(Duration.ofSeconds(2));
        assertThat(lease.renew(MINUTE)).isFalse();
        assertThat(leases.tryAcquire("name", MINUTE)).isPresent();
    }

    @Test
    void aLeaseEndsInWholeMillisecondsRoundedUp() {
        Instant now = clock.instant();
        KvLease lease = take("name");
        assertThat(lease.expiresAt()).isEqualTo(Instant.parse("2026-01-01T00:01:00.001Z"));

        KvLease shortest = leases.tryAcquire("shortest", Duration.ofNanos(1)).orElseThrow();
        assertThat(shortest.expiresAt()).isEqualTo(Instant.parse("2026-01-01T00:00:00.001Z"));
        assertThat(leases.tryAcquire("shortest", MINUTE)).isEmpty();

        clock.advance(Duration.ofSeconds(30));
        assertThat(lease.renew(MINUTE)).isTrue();
        assertThat(lease.expiresAt()).isEqualTo(Instant.parse("2026-01-01T00:01:30.001Z"));
        clock.advance(MINUTE);
        assertThat(lease.expiresAt()).isAfter(clock.instant());
        assertThat(lease.renew(MINUTE)).isTrue();
        assertThat(lease.expiresAt()).isAfter(now.plus(MINUTE.multipliedBy(2)));
        clock.advance(MINUTE.plusMillis(1));
        Instant end = lease.expiresAt();
        assertThat(lease.renew(MINUTE)).isFalse();
        assertThat(lease.expiresAt()).isEqualTo(end).isBeforeOrEqualTo(clock.instant());
    }

    @Test
    void aLeaseThatLastsBeyondTheClockNeverEnds() {
        KvLease lease =
                leases.tryAcquire("name", Duration.ofSeconds(Long.MAX_VALUE)).orElseThrow();

        assertThat(lease.expiresAt()).isEqualTo(Instant.MAX);
        clock.advance(Duration.ofDays(100_000));
        assertThat(leases.tryAcquire("name", MINUTE)).isEmpty();
        assertThat(lease.renew(MINUTE)).isTrue();
        assertThat(lease.expiresAt()).isBefore(Instant.MAX);
    }

    @Test
    void tokensOfANameOnlyGrow() {
        long largest = 0;
        for (int i = 0; i < 20; i++) {
            KvLease lease = take("name");
            assertThat(lease.token()).isGreaterThan(largest);
            largest = lease.token();
            for (int renewal = 0; renewal < i; renewal++) {
                assertThat(lease.renew(MINUTE)).isTrue();
            }
            switch (i % 3) {
                case 0 -> lease.close();
                case 1 -> clock.advance(MINUTE.plusMillis(1));
                default -> {
                    clock.advance(MINUTE.plusMillis(1));
                    kv.purgeExpired();
                }
            }
        }
    }

    @Test
    void aStorageThatComparesTokensIsSafeFromAHolderThatGoesOn() {
        Map<String, String> storage = new HashMap<>();
        FencedStorage fenced = new FencedStorage(storage);
        KvLease delayed = take("name");
        assertThat(fenced.put(delayed.token(), "first")).isTrue();
        clock.advance(MINUTE.plusMillis(1));

        KvLease next = take("name");
        assertThat(fenced.put(next.token(), "second")).isTrue();
        assertThat(next.renew(MINUTE)).isTrue();

        assertThat(fenced.put(delayed.token(), "late")).isFalse();
        assertThat(fenced.put(next.token(), "third")).isTrue();
        assertThat(storage).containsEntry("value", "third");
    }

    /** Refuses smaller tokens than the largest that it has seen. */
    private static final class FencedStorage {

        private final Map<String, String> values;
        private long largest;

        FencedStorage(Map<String, String> values) {
            this.values = values;
        }

        boolean put(long token, String value) {
            if (token < largest) {
                return false;
            }
            largest = token;
            values.put("value", value);
            return true;
        }
    }

    @Test
    void noOtherMethodSeesLeases() {
        try (KvLease lease = take("name")) {
            kv.set("name", "name", VALUE);

            assertThat(kv.groups("")).containsExactly("name");
            kv.groups("").forEach(kv::deleteGroup);
            assertThat(lease.renew(MINUTE)).isTrue();
        }
    }

    @Test
    void aNameIsAnyValidText() {
        for (String name : new String[] {"", "\u0000", "\u0000store", "\uD83C\uDF89", "a/b", "%", " "}) {
            KvLease lease = take(name);
            assertThat(lease.name()).isEqualTo(name);
            assertThat(leases.tryAcquire(name, MINUTE)).isEmpty();
        }
    }

    @Test
    void invalidArgumentsAreRefusedBeforeTheStoreIsAccessed() {
        KvLease lease = take("name");
        contract.closeStore(kv);

        for (String bad : Arrays.asList(null, "\uD83C", "secret\uDF89")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> leases.tryAcquire(bad, MINUTE))
                    .withMessageContaining("name")
                    .withMessageNotContaining("secret");
            assertThatIllegalArgumentException().isThrownBy(() -> leases.acquire(bad, MINUTE, MINUTE));
        }
        for (Duration bad : Arrays.asList(null, Duration.ZERO, Duration.ofNanos(-1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> leases.tryAcquire("name", bad))
                    .withMessageContaining("duration must");
            assertThatIllegalArgumentException().isThrownBy(() -> leases.acquire("name", bad, MINUTE));
            assertThatIllegalArgumentException().isThrownBy(() -> lease.renew(bad));
        }
        for (Duration bad : Arrays.asList(null, Duration.ofNanos(-1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> leases.acquire("name", MINUTE, bad))
                    .withMessageContaining("atMost must");
        }
        assertThatExceptionOfType(KvLimitException.class)
                .isThrownBy(() -> leases.tryAcquire("n".repeat(70_000), MINUTE))
                .withMessageContaining("'nnn");
    }

    @Test
    void aClosedStoreIsAnError() {
        KvLease lease = take("name");
        contract.closeStore(kv);

        Stream.<ThrowingCallable>of(
                        () -> leases.tryAcquire("name", MINUTE),
                        () -> leases.acquire("name", MINUTE, Duration.ZERO),
                        () -> leases.acquire("name", MINUTE, MINUTE),
                        () -> lease.renew(MINUTE),
                        lease::close)
                .forEach(call ->
                        assertThatExceptionOfType(KvClosedException.class).isThrownBy(call));
    }

    @Test
    void anInterruptEndsNoCallAndStaysSet() {
        Thread.currentThread().interrupt();

        KvLease lease = take("name");
        assertThat(lease.renew(MINUTE)).isTrue();
        lease.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(leases.tryAcquire("name", MINUTE)).isPresent();
    }

    @Test
    void theTextOfALeaseIsSafeForALog() {
        assertThat(take("na\nme").toString()).contains("na\\u000Ame").doesNotContain("\n");
    }
}
