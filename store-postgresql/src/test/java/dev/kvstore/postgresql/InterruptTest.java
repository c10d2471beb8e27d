package dev.kvstore.postgresql;

import static dev.kvstore.postgresql.Sessions.callUntilItWaitsFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** An interrupt ends no call, and the flag stays set. */
class InterruptTest extends StoreTest {

    @BeforeEach
    void setEntry() {
        kv.set("group", "key", "before");
    }

    /** A call in a thread of its own; the result tells whether the thread was interrupted. */
    private record Call(CompletableFuture<Thread> thread, CompletableFuture<Boolean> interrupted) {

        static Call start(Executor threads, Runnable work) {
            Call call = new Call(new CompletableFuture<>(), new CompletableFuture<>());
            threads.execute(() -> {
                call.thread.complete(Thread.currentThread());
                try {
                    work.run();
                    call.interrupted.complete(Thread.currentThread().isInterrupted());
                } catch (Throwable e) {
                    call.interrupted.completeExceptionally(e);
                }
            });
            return call;
        }

        void interrupt() {
            thread.join().interrupt();
        }
    }

    @Test
    void aThreadThatWaitsForAConnectionGetsIt() throws Exception {
        try (PostgresKvStore one = builder().poolSize(1).build()) {
            Supplier<Boolean> delete = () -> one.delete("group", "key");
            List<CompletableFuture<Boolean>> both = RowLock.during(schema, "key", () -> {
                CompletableFuture<Boolean> holder = callUntilItWaitsFor("transactionid", delete);
                Call waiting = Call.start(InterruptTest::inAThread, () -> one.count("group"));
                Thread thread = waiting.thread().join();
                await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
                waiting.interrupt();
                await().until(() -> !thread.isInterrupted() && thread.getState() == Thread.State.TIMED_WAITING);
                return List.of(holder, waiting.interrupted());
            });
            assertThat(both).allSatisfy(call -> assertThat(call.join()).isTrue());
        }
    }

    @Test
    void anInterruptedThreadReadsAndWrites() {
        Call call = Call.start(InterruptTest::inAThread, () -> {
            Thread.currentThread().interrupt();
            kv.set("group", "key", "after");
            kv.group("group").setIfAbsent("other", "value");
            assertThat(kv.getAll("group")).hasSize(2);
        });

        assertThat(call.interrupted().join()).isTrue();
        assertThat(kv.get("group", "key")).contains("after");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "Java has no virtual threads before 21")
    void aVirtualThreadCompletesItsWrite() throws Exception {
        Call set = RowLock.during(schema, "key", () -> {
            Call call = Call.start(InterruptTest::inAVirtualThread, () -> kv.set("group", "key", "after"));
            await().until(() -> Sessions.count("transactionid") > 0);
            call.interrupt();
            return call;
        });

        assertThat(set.interrupted().join()).isTrue();
        assertThat(kv.get("group", "key")).contains("after");
    }

    private static void inAThread(Runnable work) {
        new Thread(work).start();
    }

    // This is compiled for Java 17.
    private static void inAVirtualThread(Runnable work) {
        try {
            Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, work);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
