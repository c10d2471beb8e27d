package dev.kvstore.secrets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Log events and output lines that contain a secret, of this process and of the processes that its tests start. A
 * started process appends its leaks to a file that this one reads: it may be killed at any moment, and its output is
 * meant for readers.
 */
final class Leaks {

    /** System property with the path of the file, in a process that a test has started. */
    static final String FILE = "dev.kvstore.secrets.leaks";

    private static final @Nullable String STARTER = System.getProperty(FILE);
    private static final Queue<String> HERE = new ConcurrentLinkedQueue<>();
    private static final Path OTHERS = STARTER == null ? newFile() : Path.of(STARTER);

    private static int read;

    private Leaks() {}

    private static Path newFile() {
        try {
            Path file = Files.createTempFile("leaks", ".txt");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path file() {
        return OTHERS;
    }

    static void add(String leak) {
        if (STARTER == null) {
            HERE.add(leak);
            return;
        }
        try {
            Files.writeString(OTHERS, leak.replace('\n', ' ') + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the leaks since the last call. */
    static synchronized List<String> drain() {
        List<String> leaks = new ArrayList<>();
        for (String leak = HERE.poll(); leak != null; leak = HERE.poll()) {
            leaks.add(leak);
        }
        try {
            String all = Files.readString(OTHERS, StandardCharsets.UTF_8);
            int end = all.lastIndexOf('\n') + 1;
            all.substring(read, end)
                    .lines()
                    .map(leak -> "in another process: " + leak)
                    .forEach(leaks::add);
            read = end;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return leaks;
    }
}
