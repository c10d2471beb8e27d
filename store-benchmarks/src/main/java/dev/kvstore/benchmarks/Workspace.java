package dev.kvstore.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory for the files of one store, below the directory {@code -Dbench.dir}. */
public record Workspace(Path directory) implements AutoCloseable {

    static final String PROPERTY = "bench.dir";

    /**
     * The directory for all files of a run: {@code target} by default, since a temporary directory may be in memory.
     */
    static Path root() {
        return Path.of(System.getProperty(PROPERTY, "target"));
    }

    public static Workspace create() {
        try {
            Files.createDirectories(root());
            return new Workspace(Files.createTempDirectory(root(), "bench-"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create a directory in " + root(), e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + directory, e);
        }
    }
}
