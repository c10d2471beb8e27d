package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.kvstore.KvChange;
import dev.kvstore.KvClosedException;
import dev.kvstore.KvSubscription;
import dev.kvstore.ReceivedChanges;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Subscriptions of one store in memory; the contract says all of it. */
@NullUnmarked
class SubscriptionOperationsTest {

    private static final Set<String> GROUP = Set.of("group");

    private final SqliteKvStore kv = SqliteKvStore.inMemory();
    private final ReceivedChanges received = new ReceivedChanges();

    @AfterEach
    void close() {
        kv.close();
    }

    @Test
    void aDurableSubscriptionReceivesAChangeAgainThatItsListenerRefused() throws Exception {
        AtomicBoolean failed = new AtomicBoolean();
        kv.changes().subscribe("name", GROUP, change -> {
            received.onChange(change);
            if (failed.compareAndSet(false, true)) {
                throw new IllegalStateException("once");
            }
        });

        kv.set("group", "a", "value");
        kv.set("other", "b", "value");
        kv.set("group", "c", "value");

        assertThat(received.before("c")).extracting(KvChange::key).containsExactly("a", "a");
    }

    @Test
    void aNameIsOpenOnceAndForgottenOnlyWhenItIsClosed() {
        KvSubscription first = kv.changes().subscribe("name", GROUP, received);

        assertThatIllegalStateException().isThrownBy(() -> kv.changes().subscribe("name", GROUP, received));
        assertThat(kv.changes().names()).containsExactly("name");
        first.close();
        first.close();
        assertThat(kv.changes().forget("name")).isTrue();
        assertThat(kv.changes().forget("name")).isFalse();
        assertThat(kv.changes().names()).isEmpty();
    }

    @Test
    void aListenerClosesItsOwnSubscription() throws Exception {
        CompletableFuture<KvSubscription> own = new CompletableFuture<>();
        own.complete(kv.changes().subscribe(change -> {
            own.join().close();
            received.onChange(change);
        }));

        kv.set("group", "a", "value");
        assertThat(received.next().key()).isEqualTo("a");
        own.join().close();
        kv.set("group", "b", "value");

        assertThat(received.isEmpty()).isTrue();
    }

    @Test
    void listenersThatCloseOneAnotherDoNotWaitForEver() throws Exception {
        CompletableFuture<KvSubscription> one = new CompletableFuture<>();
        CompletableFuture<KvSubscription> other = new CompletableFuture<>();
        CountDownLatch calls = new CountDownLatch(2);
        one.complete(kv.changes().subscribe(change -> {
            awaitBoth(calls);
            other.join().close();
            received.onChange(change);
        }));
        other.complete(kv.changes().subscribe(change -> {
            awaitBoth(calls);
            one.join().close();
        }));

        kv.set("group", "a", "value");

        assertThat(received.next().key()).isEqualTo("a");
    }

    private static void awaitBoth(CountDownLatch calls) {
        calls.countDown();
        while (calls.getCount() > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aListenerClosesItsStore() throws Exception {
        kv.changes().subscribe(change -> {
            kv.close();
            received.onChange(change);
        });

        kv.set("group", "a", "value");

        assertThat(received.next().key()).isEqualTo("a");
        assertThatExceptionOfType(KvClosedException.class)
                .isThrownBy(() -> kv.changes().subscribe(received));
    }

    @Test
    void anInterruptDoesNotEndTheWaitForAListener() throws Exception {
        CompletableFuture<Void> release = new CompletableFuture<>();
        KvSubscription subscription = kv.changes().subscribe(change -> {
            received.onChange(change);
            release.join();
        });
        kv.set("group", "a", "value");
        received.next();
        Thread closing = Thread.currentThread();
        CompletableFuture<Void> interrupter = CompletableFuture.runAsync(() -> {
            while (closing.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            closing.interrupt();
            release.complete(null);
        });

        subscription.close();

        interrupter.join();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void badArgumentsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> kv.changes().subscribe(null));
        assertThatIllegalArgumentException().isThrownBy(() -> kv.changes().subscribe("name", Set.of(), received));
        assertThatIllegalArgumentException().isThrownBy(() -> kv.changes().subscribe("name", null, received));
        assertThatIllegalArgumentException().isThrownBy(() -> kv.changes().subscribe("\0name", GROUP, received));
        assertThatIllegalArgumentException().isThrownBy(() -> kv.changes().subscribe(null, GROUP, received));
        assertThat(kv.changes().names()).isEmpty();
    }
}
