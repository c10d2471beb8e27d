package dev.kvstore.reliability;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * The figures of a test's last run, for a reader: printed, kept below {@code target/reliability}, and with
 * {@code -Dreliability.page=FILE}, which the long form sets, written into that page between {@code <!-- NAME: begin -->} and
 * {@code <!-- NAME: end -->}, with the machine and the day. Only what held is recorded.
 */
public final class Findings {

    private static final Path DIRECTORY = Path.of("target", "reliability");

    private Findings() {}

    /** Records one or several lines of Markdown under a name. */
    public static synchronized void record(String name, String markdown) {
        System.out.println(name + ": " + markdown);
        try {
            Files.createDirectories(DIRECTORY);
            Files.writeString(DIRECTORY.resolve(name + ".md"), markdown + "\n");
            String page = System.getProperty("reliability.page");
            if (page != null) {
                insert(Path.of(page), name, markdown.strip() + "\n\n" + circumstances());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void insert(Path page, String name, String markdown) throws IOException {
        String begin = "<!-- " + name + ": begin -->";
        String end = "<!-- " + name + ": end -->";
        String text = Files.readString(page);
        int from = text.indexOf(begin);
        int to = text.indexOf(end);
        if (from < 0 || to < from) {
            throw new IOException(page + " has no place for " + name);
        }
        Files.writeString(page, text.substring(0, from + begin.length()) + "\n" + markdown + "\n" + text.substring(to));
    }

    private static String circumstances() throws IOException {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return "<sub>%s form, %s: %d processors, %d GB, %s %s, %s, Java %s</sub>"
                .formatted(
                        Effort.isLong() ? "long" : "short",
                        LocalDate.now(ZoneOffset.UTC),
                        system.getAvailableProcessors(),
                        Math.round(system.getTotalMemorySize() / (double) (1L << 30)),
                        system.getName(),
                        system.getVersion().replaceAll("^(\\d+\\.\\d+).*", "$1"),
                        Files.getFileStore(Path.of(System.getProperty("java.io.tmpdir")))
                                .type(),
                        Runtime.version().feature());
    }
}
