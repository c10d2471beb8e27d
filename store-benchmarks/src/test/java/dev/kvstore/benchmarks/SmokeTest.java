package dev.kvstore.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Runs every benchmark and target briefly, in a separate process. Takes a minute. */
@EnabledIfSystemProperty(named = "tests.heavy", matches = "true", disabledReason = "-Preliability-short runs it")
class SmokeTest {

    @Test
    void everyBenchmarkRunsAndIsReported(@TempDir Path directory) throws Exception {
        Path log = directory.resolve("log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-Djava.awt.headless=true",
                        "--enable-native-access=ALL-UNNAMED",
                        "--add-opens=java.base/java.nio=ALL-UNNAMED",
                        "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                        "-Dbench.dir=" + directory,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Benchmarks.class.getName(),
                        "smoke",
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(process.exitValue()).as(() -> text(log)).isZero();
        assertThat(directory.resolve("performance.md")).content().contains("### get, file, synced", "| KvStore |");
        assertThat(directory.resolve("performance.md"))
                .content()
                .contains("| `get` in memory, against", "| bytes allocated per `set` |", "| `compareAndSet` |");
        assertThat(directory.resolve("performance.json")).content().contains("EntryBenchmark.getAmongSets");
        assertThat(directory.resolve("performance-mixed-full.svg"))
                .content()
                .contains("</svg>")
                .doesNotContain("∞", "NaN");
        assertThat(directory.toFile().list((parent, name) -> name.startsWith("bench-")))
                .isEmpty();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
