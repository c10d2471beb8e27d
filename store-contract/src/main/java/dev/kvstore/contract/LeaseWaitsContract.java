package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvstore.KvClosedException;
import dev.kvstore.KvLease;
import dev.kvstore.KvLeases;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code acquire} waits for a lease that somebody has. */
@NullUnmarked
abstract class LeaseWaitsContract extends ContractPart {

    private static final Duration LONG = Duration.ofHours(1);

    private KvLeases leases;
    private Callers callers;

    LeaseWaitsContract(KvStoreContract contract) {
        super(contract);
    }

    @BeforeEach
    void start() {
        leases = kv.leases();
        callers = new Callers();
    }

    @AfterEach
    void stop() {
        callers.close();
    }

    private KvLease take(String name) {
        return leases.tryAcquire(name, MINUTE).orElseThrow();
    }

    @Test
    void aFreeLeaseIsTakenAtOnce() throws Exception {
        assertThat(leases.acquire("one", MINUTE, Duration.ZERO)).isPresent();
        assertThat(leases.acquire("other", MINUTE, LONG)).isPresent();
        assertThat(leases.tryAcquire("one", MINUTE)).isEmpty();
        assertThat(leases.tryAcquire("other", MINUTE)).isEmpty();
    }

    @Test
    void aLeaseThatIsNotFreeInTimeIsNotTaken() throws Exception {
        try (KvLease lease = take("name")) {
            assertThat(leases.acquire("name", MINUTE, Duration.ZERO)).isEmpty();
            assertThat(leases.acquire("name", MINUTE, Duration.ofMillis(1))).isEmpty();
            assertThat(lease.renew(MINUTE)).isTrue();
        }
    }

    @Test
    void theOneWhoWaitsGetsTheLeaseWhenItIsClosed() throws Exception {
        KvLease first = take("name");
        Future<Optional<KvLease>> waiting = callers.submitWaiting(() -> leases.acquire("name", MINUTE, LONG));

        first.close();

        KvLease second = waiting.get().orElseThrow();
        assertThat(second.token()).isGreaterThan(first.token());
        assertThat(leases.tryAcquire("name", MINUTE)).isEmpty();
        assertThat(second.renew(MINUTE)).isTrue();
    }

    @Test
    void theOneWhoWaitsGetsTheLeaseWhenItsTimeIsUp() throws Exception {
        KvLease first = take("name");
        Future<Optional<KvLease>> waiting = callers.submitWaiting(() -> leases.acquire("name", MINUTE, LONG));

        clock.advance(MINUTE.plusMillis(1));

        assertThat(waiting.get().orElseThrow().expiresAt()).isAfter(clock.instant());
        assertThat(first.renew(MINUTE)).isFalse();
    }

    @Test
    void aRenewedLeaseIsWaitedForLonger() throws Exception {
        KvLease first = take("name");
        Future<Optional<KvLease>> waiting = callers.submitWaiting(() -> leases.acquire("name", MINUTE, LONG));

        clock.advance(Duration.ofSeconds(59));
        assertThat(first.renew(MINUTE)).isTrue();
        clock.advance(Duration.ofSeconds(59));

        assertThat(first.renew(MINUTE)).isTrue();
        first.close();
        assertThat(waiting.get()).isPresent();
    }

    @Test
    void theTimeOfALeaseBeginsWhenItIsTaken() throws Exception {
        KvLease first = take("name");
        Future<Optional<KvLease>> waiting = callers.submitWaiting(() -> leases.acquire("name", MINUTE, LONG));

        clock.advance(Duration.ofSeconds(30));
        first.close();

        assertThat(waiting.get().orElseThrow().expiresAt())
                .isAfterOrEqualTo(clock.instant().plus(MINUTE));
    }

    @Test
    void anInterruptEndsTheWaitAndNothingIsTaken() throws Exception {
        KvLease first = take("name");
        Callers.Interruptible<Optional<KvLease>> waiting =
                callers.submitInterruptible(() -> leases.acquire("name", MINUTE, LONG));

        waiting.interrupt();

        assertThatThrownBy(() -> waiting.result().get()).hasCauseInstanceOf(InterruptedException.class);
        first.close();
        assertThat(leases.tryAcquire("name", MINUTE)).isPresent();
    }

    @Test
    void anInterruptedThreadTriesOnceAndDoesNotWait() throws Exception {
        KvLease first = take("name");

        Thread.currentThread().interrupt();
        assertThat(leases.acquire("other", MINUTE, LONG)).isPresent();
        assertThat(leases.acquire("name", MINUTE, Duration.ZERO)).isEmpty();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> leases.acquire("name", MINUTE, LONG));

        assertThat(Thread.interrupted()).isFalse();
        first.close();
        assertThat(leases.tryAcquire("name", MINUTE)).isPresent();
    }

    @Test
    void aStoreThatIsClosedEndsTheWait() {
        take("name");
        Future<Optional<KvLease>> waiting = callers.submitWaiting(() -> leases.acquire("name", MINUTE, LONG));

        contract.closeStore(kv);

        assertThatThrownBy(waiting::get).hasCauseInstanceOf(KvClosedException.class);
    }

    @Test
    void oneOfManyThreadsAtATimeHasTheLease() throws Exception {
        AtomicInteger holders = new AtomicInteger();
        int[] count = {0};
        List<Future<Boolean>> all = IntStream.range(0, 8)
                .mapToObj(thread -> callers.submit(() -> {
                    boolean alone = true;
                    for (int i = 0; i < 10; i++) {
                        try (KvLease lease =
                                leases.acquire("name", MINUTE, LONG).orElseThrow()) {
                            alone &= holders.incrementAndGet() == 1 && lease.renew(MINUTE);
                            count[0]++;
                            holders.decrementAndGet();
                        }
                    }
                    return alone;
                }))
                .toList();

        assertThat(all).extracting(Future::get).containsOnly(true);
        assertThat(count[0]).isEqualTo(80);
    }
}
