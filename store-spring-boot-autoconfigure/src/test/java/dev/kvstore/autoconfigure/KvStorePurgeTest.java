package dev.kvstore.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kvstore.KvStore;
import dev.kvstore.secrets.Secrets;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class KvStorePurgeTest {

    @TempDir
    Path directory;

    private final BlockingQueue<Thread> purges = new LinkedBlockingQueue<>();
    private Path file;
    private ApplicationContextRunner host;

    @BeforeEach
    void configure() {
        file = directory.resolve("kvstore.db");
        host = Hosts.withStoreIn(file).withPropertyValues("kvstore.purge-interval=5ms");
    }

    @Test
    void expiredRowsArePurgedInTheBackground() {
        host.run(context -> {
            KvStore store = context.getBean(KvStore.class);
            store.set("group", "stays", Secrets.VALUE);
            store.set("group", "goes", Secrets.VALUE, Duration.ofMillis(1));
            await().until(() -> Hosts.rows(file) == 1);
            assertThat(store.getAll("group")).containsOnlyKeys("stays");
        });
    }

    @Test
    void theStoreOfTheHostIsPurged() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2030-01-01T00:00:00Z"));
        Path hostFile = directory.resolve("host.db");
        host.withBean(
                        "hostStore",
                        SqliteKvStore.class,
                        () -> SqliteKvStore.builder()
                                .file(hostFile)
                                .clock(now::get)
                                .build())
                .run(context -> {
                    context.getBean(KvStore.class).set("group", "key", Secrets.VALUE, Duration.ofDays(1));
                    assertThat(Hosts.rows(hostFile)).isOne();
                    now.updateAndGet(then -> then.plus(Duration.ofDays(1)));
                    await().until(() -> Hosts.rows(hostFile) == 0);
                });
    }

    @Test
    void everyStoreOfTheHostIsPurged() {
        BlockingQueue<String> purged = new LinkedBlockingQueue<>();
        host.withBean("one", KvStore.class, () -> Hosts.storeThatPurges(named("one", purged)))
                .withBean("two", KvStore.class, () -> Hosts.storeThatPurges(named("two", purged)))
                .run(context -> await().untilAsserted(() -> assertThat(purged).contains("one", "two")));
    }

    private static LongSupplier named(String name, BlockingQueue<String> purged) {
        return () -> {
            purged.add(name);
            return 0;
        };
    }

    @Test
    void itRunsOnADaemonThreadOfItsOwn() {
        withRecordedPurges().run(context -> {
            Thread thread = nextPurge();
            assertThat(thread.getName()).startsWith("kvstore-purge-");
            assertThat(thread.isDaemon()).isTrue();
            await().until(() -> Hosts.purgeThreads().size() == 1);
        });
        await().until(() -> Hosts.purgeThreads().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"kvstore.purge-interval=0", "kvstore.purge-interval=0s", "kvstore.read-only=true"})
    void itIsTurnedOff(String property) {
        withRecordedPurges().withPropertyValues(property).run(context -> {
            assertThat(context.getBean(KvStorePurgeScheduling.class).isRunning())
                    .isFalse();
            await().until(() -> Hosts.purgeThreads().isEmpty());
            assertThat(purges).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"10ms", "10", "PT0.01S", "1ns"})
    void theIntervalAcceptsEveryFormatOfADuration(String interval) {
        withRecordedPurges()
                .withPropertyValues("kvstore.purge-interval=" + interval)
                .run(context -> {
                    nextPurge();
                    nextPurge();
                });
    }

    @Test
    void theIntervalIsKept() {
        withRecordedPurges().withPropertyValues("kvstore.purge-interval=1h").run(context -> {
            nextPurge();
            assertThat(purges.poll(50, TimeUnit.MILLISECONDS)).isNull();
        });
    }

    @Test
    void itPausesWhileTheContextIsStoppedButTheStoreStaysOpen() {
        host.run(context -> {
            KvStore store = context.getBean(KvStore.class);
            context.stop();
            await().until(() -> Hosts.purgeThreads().isEmpty());
            store.set("group", "key", Secrets.VALUE, Duration.ofMillis(1));
            await().until(() -> store.get("group", "key").isEmpty());
            assertThat(Hosts.rows(file)).isOne();
            context.start();
            await().until(() -> Hosts.rows(file) == 0);
            context.stop();
            context.start();
            context.start();
            await().until(() -> Hosts.purgeThreads().size() == 1);
        });
    }

    @Test
    void itContinuesAfterAFailureThatIsLoggedOnce(CapturedOutput output) {
        AtomicReference<RuntimeException> failure = new AtomicReference<>(new IllegalStateException("no room"));
        host.withBean(
                        "hostStore",
                        KvStore.class,
                        () -> Hosts.storeThatPurges(() -> {
                            purges.add(Thread.currentThread());
                            throw failure.get();
                        }))
                .run(context -> {
                    nextPurge();
                    nextPurge();
                    nextPurge();
                });
        assertThat(output)
                .containsOnlyOnce("java.lang.IllegalStateException: no room")
                .contains("WARN");
    }

    private ApplicationContextRunner withRecordedPurges() {
        return host.withBean(
                "hostStore",
                KvStore.class,
                () -> Hosts.storeThatPurges(() -> {
                    purges.add(Thread.currentThread());
                    return 0;
                }));
    }

    private Thread nextPurge() throws InterruptedException {
        Thread thread = purges.poll(10, TimeUnit.SECONDS);
        assertThat(thread).as("a purge").isNotNull();
        return thread;
    }
}
