package dev.kvstore.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerformancePageTest {

    @TempDir
    private Path directory;

    @Test
    void replacesOnlyTheTextBetweenTheMarkers() throws Exception {
        Path file = directory.resolve("page.md");
        Files.writeString(file, """
                before
                <!-- results: begin, written by store-benchmarks -->
                old
                <!-- results: end -->
                after
                """);

        new PerformancePage(file).replace(PerformancePage.Part.RESULTS, "new\n");

        assertThat(file)
                .content()
                .startsWith("before\n")
                .endsWith("after\n")
                .contains("\nnew\n")
                .doesNotContain("old");
    }

    @Test
    void doesNotChangeAPageWithoutMarkers() throws Exception {
        Path file = Files.writeString(directory.resolve("page.md"), "by hand");

        assertThatThrownBy(() -> new PerformancePage(file).replace(PerformancePage.Part.RESULTS, "new"))
                .hasMessageContaining("page.md does not have both markers");
        assertThat(file).hasContent("by hand");
    }
}
