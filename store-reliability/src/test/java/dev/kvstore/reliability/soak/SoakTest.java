package dev.kvstore.reliability.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.reliability.Effort;
import dev.kvstore.reliability.Findings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that runs for a long time uses no more resources than at the beginning. */
class SoakTest {

    private static final Duration DURATION =
            Duration.ofSeconds(Integer.getInteger("reliability.soak.seconds", Effort.of(60, 3_600)));

    /** The largest WAL with reads of up to 66 ms, according to docs/reliability.md. */
    private static final double LONGEST_WAL_MEGABYTES = 64;

    @TempDir
    Path directory;

    @Test
    void resourceUseStaysLevel() throws Exception {
        long seed = new Random().nextLong();
        int samples = (int) Math.min(600, DURATION.toSeconds() * 3);
        Soak.Result result = new Soak(directory.resolve("kvstore.db"), DURATION, samples, seed).run(Soak.Leak.NONE);
        for (Resource resource : Resource.values()) {
            assertThat(result.samples().isLevel(resource) || isShortWal(resource, result.samples()))
                    .as("seed %d: %s %s", seed, resource.label, result.samples().of(resource))
                    .isTrue();
        }
        record(result);
    }

    // The WAL file never shrinks while it is open: it grows to the size at which the WAL starts over despite
    // overlapping reads.
    private static boolean isShortWal(Resource resource, Samples samples) {
        return resource == Resource.WAL && samples.last(resource) <= LONGEST_WAL_MEGABYTES;
    }

    private static void record(Soak.Result result) throws Exception {
        String rows = Arrays.stream(Resource.values())
                .map(resource -> row(resource, result.samples()))
                .collect(Collectors.joining("\n"));
        Findings.record(
                "soak", """

                %,d operations in %d seconds; medians after a warm-up of a quarter of the time.

                | | first third | last third | may grow by |
                |---|---|---|---|
                %s
                """.formatted(result.operations(), result.duration().toSeconds(), rows));
        new SoakChart(result.samples()).writeTo(chartDirectory());
    }

    private static Path chartDirectory() throws Exception {
        String page = System.getProperty("reliability.page");
        return page == null
                ? Files.createDirectories(Path.of("target", "reliability"))
                : Path.of(page).toAbsolutePath().getParent();
    }

    private static String row(Resource resource, Samples samples) {
        return String.format(
                Locale.ROOT,
                resource.unit.isEmpty()
                        ? "| %s | %.0f%s | %.0f%s | %.0f%% and %.0f%s |"
                        : "| %s | %.1f %s | %.1f %s | %.0f%% and %.1f %s |",
                resource.label,
                samples.first(resource),
                resource.unit,
                samples.last(resource),
                resource.unit,
                resource.tolerance * 100,
                resource.slack,
                resource.unit);
    }
}
