package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store warns when another application opened its file last. */
class TwoApplicationsTest {

    @TempDir
    Path directory;

    @Test
    void aFileThatAnotherApplicationOpenedLastIsReportedWithBothNames() {
        open("billing");

        assertThat(warningsOfOpeningAs("orders"))
                .singleElement()
                .asString()
                .contains("kvstore.db")
                .contains("'orders'")
                .contains("'billing'")
                .contains("a database of its own");
    }

    @Test
    void theSameApplicationIsNotReported() {
        open("billing");

        assertThat(warningsOfOpeningAs("billing")).isEmpty();
    }

    @Test
    void aReportIsNotRepeatedAtTheNextStartOfTheSameApplication() {
        open("billing");
        open("orders");

        assertThat(warningsOfOpeningAs("orders")).isEmpty();
    }

    @Test
    void aNameIsPrintedWithoutCharactersThatForgeALine() {
        open("bill\ning");

        assertThat(warningsOfOpeningAs("orders")).singleElement().asString().contains("'bill\\u000Aing'");
    }

    @Test
    void aReadOnlyStoreComparesNothing() {
        open("billing");

        try (CapturedLog log = new CapturedLog()) {
            builder().applicationName("orders").readOnly(true).build().close();
            assertThat(log.lines("WARN")).isEmpty();
        }
        assertThat(warningsOfOpeningAs("billing")).isEmpty();
    }

    @Test
    void theNameIsInNoGroupThatAnApplicationSees() {
        try (SqliteKvStore kv = builder().applicationName("billing").build()) {
            assertThat(kv.groups("")).isEmpty();
            kv.set("", "key", "value");
            kv.set("group", "key", "value");
            assertThat(kv.groups("")).containsExactly("", "group");
        }
    }

    @Test
    void aFailureOfTheClockLeavesNoStoreOpen() {
        SqliteKvStore.Builder failing = builder().applicationName("billing").clock(() -> {
            throw new IllegalStateException("no time");
        });

        assertThatIllegalStateException().isThrownBy(failing::build);

        assertThat(directory).isDirectoryNotContaining("glob:**-wal");
    }

    private void open(String application) {
        builder().applicationName(application).build().close();
    }

    private List<String> warningsOfOpeningAs(String application) {
        try (CapturedLog log = new CapturedLog()) {
            open(application);
            return log.lines("WARN");
        }
    }

    private SqliteKvStore.Builder builder() {
        return SqliteKvStore.builder().file(directory.resolve("kvstore.db"));
    }
}
