package dev.kvstore.reliability.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.sqlite.Foreign;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The negative controls of the soak: leaks are found, with the same samples and the same load. */
class LeakTest {

    private static final int SAMPLES = 40;

    @TempDir
    Path directory;

    private final List<byte[]> kept = new ArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable leaked : open) {
            leaked.close();
        }
    }

    @Test
    void aGrowingListIsFound() throws Exception {
        requireFound(Resource.HEAP, (kv, file) -> kept.add(new byte[1_000_000]));
    }

    @Test
    void entriesThatAreNeverDeletedAreFound() throws Exception {
        requireFound(Resource.FILE, (kv, file) -> {
            kept.add(new byte[0]);
            kv.set("left", "key " + kept.size(), "x".repeat(300_000));
        });
    }

    @Test
    void aReadTransactionLeftOpenIsFound() throws Exception {
        requireFound(Resource.WAL, (kv, file) -> {
            if (open.isEmpty()) {
                Foreign foreign = Foreign.open(file);
                open.add(foreign);
                foreign.execute("BEGIN").query("SELECT count(*) FROM kv");
            }
        });
    }

    @Test
    void filesLeftOpenAreFound() throws Exception {
        Path other = Files.createFile(directory.resolve("other"));
        requireFound(Resource.DESCRIPTORS, (kv, file) -> {
            InputStream stream = Files.newInputStream(other);
            open.add(stream);
        });
    }

    @Test
    void threadsLeftRunningAreFound() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        open.add(end::countDown);
        requireFound(Resource.THREADS, (kv, file) -> {
            Thread thread = new Thread(() -> {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            thread.start();
        });
    }

    private void requireFound(Resource resource, Soak.Leak leak) throws Exception {
        Soak soak = new Soak(directory.resolve("kvstore.db"), Duration.ofSeconds(6), SAMPLES, 1);
        Samples samples = soak.run(leak).samples();
        assertThat(samples.isLevel(resource))
                .as("%s %s", resource.label, samples.of(resource))
                .isFalse();
    }
}
