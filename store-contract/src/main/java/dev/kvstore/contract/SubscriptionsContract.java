package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kvstore.KvChange;
import dev.kvstore.KvClosedException;
import dev.kvstore.KvSubscription;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The threads of subscriptions, and their end. */
@NullUnmarked
abstract class SubscriptionsContract extends ContractPart {

    private final ReceivedChanges received = new ReceivedChanges();

    SubscriptionsContract(KvStoreContract contract) {
        super(contract);
    }

    @BeforeEach
    void requireALog() {
        assumeTrue(contract.hasChanges(), "the engine has no log of changes");
    }

    @Test
    void aListenerThatFailsReceivesTheNextChange() {
        kv.changes().subscribe(change -> {
            received.onChange(change);
            throw new IllegalStateException(VALUE);
        });

        kv.set("group", "1", VALUE);
        kv.set("group", "2", VALUE);

        assertThat(received.next(2)).extracting(KvChange::key).containsExactly("1", "2");
    }

    @Test
    void aListenerThatThrowsAnErrorReceivesTheNextChange() {
        kv.changes().subscribe(change -> {
            received.onChange(change);
            throw new AssertionError(VALUE);
        });

        kv.set("group", "1", VALUE);
        kv.set("group", "2", VALUE);

        assertThat(received.next(2)).extracting(KvChange::key).containsExactly("1", "2");
    }

    @Test
    void aListenerThatBlocksDelaysNoOther() {
        CountDownLatch end = new CountDownLatch(1);
        kv.changes().subscribe(change -> await(end));
        kv.changes().subscribe(received);

        kv.set("group", "1", VALUE);
        received.next();
        kv.set("group", "2", VALUE);

        assertThat(received.next().key()).isEqualTo("2");
        end.countDown();
    }

    @Test
    void aListenerIsCalledByOneThreadThatIsADaemon() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        kv.changes().subscribe(change -> {
            threads.add(Thread.currentThread());
            received.onChange(change);
        });

        for (int i = 0; i < 10; i++) {
            kv.set("group", "key", VALUE);
        }
        received.next(10);

        assertThat(threads).singleElement().satisfies(thread -> {
            assertThat(thread.isDaemon()).isTrue();
            assertThat(thread).isNotSameAs(Thread.currentThread());
        });
    }

    @Test
    void aListenerMayInterruptItsThread() {
        kv.changes().subscribe(change -> {
            received.onChange(change);
            Thread.currentThread().interrupt();
        });

        kv.set("group", "1", VALUE);
        kv.set("group", "2", VALUE);

        assertThat(received.next(2)).extracting(KvChange::key).containsExactly("1", "2");
    }

    @Test
    void aListenerMayUseTheStore() {
        kv.changes().subscribe(change -> {
            received.onChange(change);
            if (change.key().equals("question")) {
                kv.set("group", "answer", VALUE);
            }
        });

        kv.set("group", "question", VALUE);

        assertThat(received.next(2)).extracting(KvChange::key).containsExactly("question", "answer");
    }

    @Test
    void aClosedSubscriptionReceivesNothingMore() {
        ReceivedChanges closed = new ReceivedChanges();
        KvSubscription subscription = kv.changes().subscribe(closed);
        kv.changes().subscribe(received);

        subscription.close();
        subscription.close();
        kv.set("group", "key", VALUE);
        received.next();

        assertThat(closed.isEmpty()).isTrue();
    }

    @Test
    void closingWaitsForACallUnderWay() {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger ended = new AtomicInteger();
        KvSubscription subscription = kv.changes().subscribe(change -> {
            received.onChange(change);
            await(end);
            ended.incrementAndGet();
        });
        kv.set("group", "key", VALUE);
        received.next();

        CompletableFuture<Integer> closing = CompletableFuture.supplyAsync(() -> {
            subscription.close();
            return ended.get();
        });
        assertThat(closing).isNotDone();
        end.countDown();

        assertThat(closing.join()).isOne();
    }

    @Test
    void anInterruptDoesNotEndTheWaitOfClosing() {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger ended = new AtomicInteger();
        KvSubscription subscription = kv.changes().subscribe(change -> {
            received.onChange(change);
            await(end);
            ended.incrementAndGet();
        });
        kv.set("group", "key", VALUE);
        received.next();

        CompletableFuture<Boolean> closing = CompletableFuture.supplyAsync(() -> {
            Thread.currentThread().interrupt();
            end.countDown();
            subscription.close();
            return Thread.interrupted() && ended.get() == 1;
        });

        assertThat(closing.join()).isTrue();
    }

    @Test
    void aListenerMayCloseItsSubscription() {
        AtomicReference<KvSubscription> subscription = new AtomicReference<>();
        CountDownLatch subscribed = new CountDownLatch(1);
        ReceivedChanges closing = new ReceivedChanges();
        subscription.set(kv.changes().subscribe(change -> {
            await(subscribed);
            subscription.get().close();
            closing.onChange(change);
        }));
        subscribed.countDown();
        kv.changes().subscribe(received);

        kv.set("group", "1", VALUE);
        closing.next();
        kv.set("group", "2", VALUE);
        received.next(2);
        subscription.get().close();

        assertThat(closing.isEmpty()).isTrue();
    }

    @Test
    void twoListenersMayCloseEachOther() {
        KvSubscription[] both = new KvSubscription[2];
        CountDownLatch subscribed = new CountDownLatch(1);
        CountDownLatch calls = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            int other = 1 - i;
            both[i] = kv.changes().subscribe(change -> {
                await(subscribed);
                calls.countDown();
                await(calls);
                both[other].close();
                received.onChange(change);
            });
        }
        subscribed.countDown();

        kv.set("group", "key", VALUE);

        assertThat(received.next(2)).hasSize(2);
    }

    @Test
    void closingTheStoreWaitsForAListenerThatUsesIt() {
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<String> result = new CompletableFuture<>();
        kv.changes().subscribe(change -> {
            received.onChange(change);
            await(end);
            if (!result.isDone()) {
                kv.set("group", "other", VALUE);
                result.complete(kv.require("group", "other"));
            }
        });
        kv.set("group", "key", VALUE);
        received.next();

        CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> contract.closeStore(kv));
        end.countDown();
        closing.join();

        assertThat(result.join()).isEqualTo(VALUE);
    }

    @Test
    void aListenerMayCloseTheStore() {
        kv.changes().subscribe(change -> {
            contract.closeStore(kv);
            received.onChange(change);
        });

        kv.set("group", "key", VALUE);
        received.next();

        assertThatExceptionOfType(KvClosedException.class).isThrownBy(() -> kv.get("group", "key"));
    }

    @Test
    void aClosedStoreRefusesSubscriptionsAndTheirEndsDoNothing() {
        KvSubscription subscription = kv.changes().subscribe(received);
        contract.closeStore(kv);

        subscription.close();
        assertThatExceptionOfType(KvClosedException.class)
                .isThrownBy(() -> kv.changes().subscribe(received));
        assertThatExceptionOfType(KvClosedException.class)
                .isThrownBy(() -> kv.changes().subscribe("name", Set.of("group"), received));
        assertThatExceptionOfType(KvClosedException.class)
                .isThrownBy(() -> kv.changes().names());
        assertThatExceptionOfType(KvClosedException.class)
                .isThrownBy(() -> kv.changes().forget("name"));
    }

    @Test
    void aListenerMustNotBeNull() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kv.changes().subscribe(null))
                .withMessageContaining("listener must not be null");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
