package dev.kvstore.benchmarks;

import dev.kvstore.benchmarks.contender.Contender;
import dev.kvstore.benchmarks.contender.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;

/**
 * Checks that the stores with durable writes really wait for the disk, before any claim about durable writes.
 *
 * <p>It compares the median time of a set by one thread with the median time of a bare write and fsync in the same
 * directory. A set that takes much less cannot have waited for an fsync. A disk that only pretends to sync is not
 * detected, but is equally fast for all; a file system in memory is refused.
 */
final class FsyncGuard {

    private static final int SAMPLES = 200;
    private static final double LEAST_SHARE = 0.3;
    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");

    private final Duration fsync;

    FsyncGuard(Duration fsync) {
        this.fsync = fsync;
    }

    /** Measures the disk of the {@linkplain Workspace#root() directory} of the run. */
    static FsyncGuard ofThisDisk() {
        try (Workspace workspace = Workspace.create()) {
            String fileSystem = Files.getFileStore(workspace.directory()).type();
            if (IN_MEMORY.contains(fileSystem)) {
                throw new IllegalStateException(
                        "%s is in memory (%s), where no write is durable; set another directory with -D%s="
                                .formatted(Workspace.root(), fileSystem, Workspace.PROPERTY));
            }
            return new FsyncGuard(medianFsync(workspace));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot measure an fsync in " + Workspace.root(), e);
        }
    }

    private static Duration medianFsync(Workspace workspace) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(4096);
        try (FileChannel file = FileChannel.open(
                workspace.directory().resolve("fsync"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long[] nanos = new long[SAMPLES];
            for (int i = 0; i < SAMPLES; i++) {
                long start = System.nanoTime();
                file.write(block.clear());
                file.force(false);
                nanos[i] = System.nanoTime() - start;
            }
            return median(nanos);
        }
    }

    /** The median time of a bare write and fsync. */
    Duration fsync() {
        return fsync;
    }

    /**
     * The median time of a durable set by one thread.
     *
     * @throws IllegalStateException if it is too short to be true
     */
    Duration check(Target target) {
        try (Filled filled = Filled.open(target, empty -> {})) {
            return requirePlausible(target.toString(), medianSet(filled.contender()));
        }
    }

    private static Duration medianSet(Contender contender) {
        Entries entries = new Entries();
        String[] texts = BenchmarkValues.of(0);
        long[] nanos = new long[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            long start = System.nanoTime();
            contender.set(entries.groupAt(i), entries.keyAt(i), texts[i]);
            nanos[i] = System.nanoTime() - start;
        }
        return median(nanos);
    }

    Duration requirePlausible(String name, Duration set) {
        if (set.toNanos() < LEAST_SHARE * fsync.toNanos()) {
            throw new IllegalStateException(
                    "%s does not wait for the disk: a \"durable\" set takes %d µs, a bare write and fsync here %d µs"
                            .formatted(name, set.toNanos() / 1000, fsync.toNanos() / 1000));
        }
        return set;
    }

    private static Duration median(long[] nanos) {
        Arrays.sort(nanos);
        return Duration.ofNanos(nanos[nanos.length / 2]);
    }
}
