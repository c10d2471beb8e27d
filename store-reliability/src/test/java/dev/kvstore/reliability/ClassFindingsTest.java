package dev.kvstore.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page shows figures of successful runs only: a failed run records none. */
class ClassFindingsTest {

    private final List<String> recorded = new ArrayList<>();
    private final ClassFindings figures =
            new ClassFindings("figures", (name, lines) -> recorded.add(name + ": " + lines));

    @Test
    void theLinesOfAllTestsAreRecordedTogether() {
        figures.add("one");
        figures.add("two");
        figures.afterAll(null);

        assertThat(recorded).containsExactly("figures: one\ntwo");
    }

    @Test
    void nothingIsRecordedIfATestHasFailed() {
        figures.add("one");
        figures.testFailed(null, new AssertionError("another"));
        figures.afterAll(null);

        assertThat(recorded).isEmpty();
    }

    @Test
    void nothingIsRecordedIfNoTestHasRun() {
        figures.afterAll(null);

        assertThat(recorded).isEmpty();
    }

    @Test
    void longLinesOfThePageAreWrappedButRowsOfTablesAreNot() {
        String words = "word ".repeat(30).strip();

        assertThat(Findings.wrapped("- " + words + "\n| " + words + " |").lines())
                .containsExactly(
                        "- " + "word ".repeat(23).strip(),
                        "  " + "word ".repeat(7).strip(),
                        "| " + words + " |");
    }
}
