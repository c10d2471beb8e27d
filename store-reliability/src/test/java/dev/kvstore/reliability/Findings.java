package dev.kvstore.reliability;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Collectors;

/**
 * Records the figures of a test's last run: prints them, stores them below {@code target/reliability}, and with
 * {@code -Dreliability.page=FILE}, which the long form sets, inserts them into that page between
 * {@code <!-- NAME: begin -->} and {@code <!-- NAME: end -->}, with the machine and the date. Only successful tests
 * record.
 */
public final class Findings {

    private static final int COLUMNS = 120;
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
                insert(Path.of(page), name, wrapped(markdown.strip()) + "\n\n" + circumstances());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Breaks long lines, except the rows of tables. */
    static String wrapped(String markdown) {
        return markdown.lines()
                .map(line -> line.startsWith("|") ? line : wrapped(line, line.startsWith("- ") ? "  " : ""))
                .collect(Collectors.joining("\n"));
    }

    private static String wrapped(String line, String indent) {
        int end = line.lastIndexOf(' ', COLUMNS);
        return line.length() <= COLUMNS || end <= indent.length()
                ? line
                : line.substring(0, end) + "\n" + wrapped(indent + line.substring(end + 1), indent);
    }

    private static void insert(Path page, String name, String markdown) throws IOException {
        String begin = "<!-- " + name + ": begin -->";
        String end = "<!-- " + name + ": end -->";
        String text = Files.readString(page);
        int from = text.indexOf(begin);
        int to = text.indexOf(end);
        if (from < 0 || to < from) {
            throw new IOException(page + " does not have the markers of " + name);
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
