package dev.kvstore.reliability.soak;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a store uses, and by how much it may differ between the beginning and the end of a run. */
enum Resource {
    HEAP("heap after GC", "MB", 0.15, 4),
    FILE("file", "MB", 0.05, 0.5),
    LOG("write-ahead log", "MB", 0.10, 1),
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
            case LOG -> size(file.resolveSibling(file.getFileName() + "-wal")) / MEGABYTE;
            case DESCRIPTORS -> descriptors();
            case THREADS -> ManagementFactory.getThreadMXBean().getThreadCount();
        };
    }

    private static double heapAfterCollection() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    // Looks at the name, and opens nothing: to close a file would drop SQLite's locks.
    private static double size(Path path) {
        try {
            return Files.size(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Zero where the system does not tell. */
    private static double descriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }
}
