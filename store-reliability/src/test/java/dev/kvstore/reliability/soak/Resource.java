package dev.kvstore.reliability.soak;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** The resources of a store, and how much their use may grow between the beginning and the end of a run. */
enum Resource {
    HEAP("heap after GC", "MB", 0.15, 4),
    FILE("file", "MB", 0.05, 0.5),
    WAL("WAL", "MB", 0.10, 1),
    DESCRIPTORS("file descriptors", "", 0, 2),
    THREADS("threads", "", 0, 2);

    private static final double MEGABYTE = 1 << 20;

    final String label;
    final String unit;
    final double tolerance;
    final double slack;

    Resource(String label, String unit, double tolerance, double slack) {
        this.label = label;
        this.unit = unit;
        this.tolerance = tolerance;
        this.slack = slack;
    }

    double of(Path file) {
        return switch (this) {
            case HEAP -> heapAfterCollection() / MEGABYTE;
            case FILE -> size(file) / MEGABYTE;
            case WAL -> size(file.resolveSibling(file.getFileName() + "-wal")) / MEGABYTE;
            case DESCRIPTORS -> descriptors();
            case THREADS -> ManagementFactory.getThreadMXBean().getThreadCount();
        };
    }

    private static double heapAfterCollection() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    // Reads the size by name, without opening the file: closing it would drop SQLite's locks.
    private static double size(Path path) {
        try {
            return Files.size(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Zero if the system does not provide it. */
    private static double descriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }
}
