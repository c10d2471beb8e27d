package dev.kvstore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvstore.Durability;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.Engine;
import dev.kvstore.engine.Query;
import dev.kvstore.engine.Value;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a caller gets that comes after the loader returned, and what is left of a load that has ended. */
class LoadsTest {

    private static final EntryName NAME = new EntryName("group", "key");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Loads loads = new Loads(new NoEngine());

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void aCallerThatComesDuringTheWriteReadsTheEntryAfterwards() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Future<Value> first = threads.submit(() -> loads.get(NAME, source(Optional::empty, () -> {
            writing.countDown();
            awaitUninterrupted(release);
            return text("written");
        })));
        writing.await();
        // Somebody deletes what is being written, and then calls.
        Future<Value> late = submitWaiting(() -> loads.get(NAME, source(Optional::empty, () -> text("loaded again"))));

        release.countDown();

        assertThat(first.get()).isEqualTo(text("written"));
        assertThat(late.get()).isEqualTo(text("loaded again"));
    }

    @Test
    void aCallerThatComesDuringTheFirstReadReadsTheEntryAfterwards() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Future<Value> first = threads.submit(() -> loads.get(
                NAME,
                source(
                        () -> {
                            reading.countDown();
                            awaitUninterrupted(release);
                            return Optional.of(text("before"));
                        },
                        () -> text("unused"))));
        reading.await();
        Future<Value> late =
                submitWaiting(() -> loads.get(NAME, source(() -> Optional.of(text("after")), () -> text("unused"))));

        release.countDown();

        assertThat(first.get()).isEqualTo(text("before"));
        assertThat(late.get()).isEqualTo(text("after"));
    }

    @Test
    void anEntryThatWasSetSinceTheCallerReadItIsNotLoaded() {
        Value value = loads.get(NAME, source(() -> Optional.of(text("set")), () -> text("loaded")));

        assertThat(value).isEqualTo(text("set"));
    }

    @Test
    void nothingIsLeftOfALoad() {
        loads.get(NAME, source(Optional::empty, () -> {
            assertThat(loads.isIdle()).isFalse();
            return text("loaded");
        }));
        assertThat(loads.isIdle()).isTrue();

        assertThatThrownBy(() -> loads.get(NAME, source(Optional::empty, () -> {
                    throw new StackOverflowError();
                })))
                .isInstanceOf(StackOverflowError.class);
        assertThat(loads.isIdle()).isTrue();
    }

    private Future<Value> submitWaiting(Supplier<Value> call) {
        CompletableFuture<Thread> caller = new CompletableFuture<>();
        Future<Value> result = threads.submit(() -> {
            caller.complete(Thread.currentThread());
            return call.get();
        });
        Thread thread = caller.join();
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return result;
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Value text(String text) {
        return new Value.Text(text);
    }

    private static Loads.Source source(Supplier<Optional<Value>> read, Loads.Computed set) {
        return new Loads.Source() {
            @Override
            public Optional<Value> read() {
                return read.get();
            }

            @Override
            public Loads.Computed compute() {
                return set;
            }
        };
    }

    /** No operation may reach it. */
    private static final class NoEngine implements Engine {

        @Override
        public <T extends @Nullable Object> T read(Query<T> query) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T extends @Nullable Object> T write(Change<T> change, Durability durability) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void requireNotCommitting() {}

        @Override
        public void requireOpen() {}

        @Override
        public Instant now() {
            throw new UnsupportedOperationException();
        }
    }
}
