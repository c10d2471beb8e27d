package dev.kvstore.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A page of figures is a page of promises that were kept: a run that failed writes none. */
class FiguresTest {

    private final List<String> recorded = new ArrayList<>();
    private final Figures figures = new Figures("figures", (name, lines) -> recorded.add(name + ": " + lines));

    @Test
    void theLinesOfAllTestsAreRecordedTogether() {
        figures.add("one");
        figures.add("two");
        figures.afterAll(null);

        assertThat(recorded).containsExactly("figures: one\ntwo");
    }

    @Test
    void nothingIsRecordedWhenOneTestHasFailed() {
        figures.add("one");
        figures.testFailed(null, new AssertionError("another"));
        figures.afterAll(null);

        assertThat(recorded).isEmpty();
    }

    @Test
    void nothingIsRecordedWhenNoTestHasRun() {
        figures.afterAll(null);

        assertThat(recorded).isEmpty();
    }
}
