package dev.kvstore.benchmarks.contender;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All contenders do the same work. */
class ContenderTest {

    @TempDir
    private Path directory;

    static Stream<Target> targets() {
        return Arrays.stream(Storage.values()).map(Target::of).flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void setsGetsCountsAndDeletes(Target target) {
        try (Contender contender = target.open(directory)) {
            contender.set("b", "2", "two");
            contender.set("b", "1", "one");
            contender.set("b", "3", "three");
            contender.set("a", "1", "before");
            contender.set("c", "1", "after");
            contender.set("b", "2", "zwei");
            contender.delete("b", "3");

            assertThat(contender.get("b", "2")).isEqualTo("zwei");
            assertThat(contender.get("b", "3")).isNull();
            assertThat(contender.count("b")).isEqualTo(2);
            assertThat(contender.getAll("b").entrySet())
                    .extracting(Object::toString)
                    .containsExactly("1=one", "2=zwei");
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void keepsEntriesThatExpireLater(Target target) {
        if (target.product().expires()) {
            try (Contender contender = target.open(directory)) {
                contender.set("a", "1", "one", Duration.ofHours(1));

                assertThat(contender.get("a", "1")).isEqualTo("one");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void keepsTheEntriesOfAFilledFile(Target target) {
        if (target.storage() == Storage.MEMORY) {
            return;
        }
        try (Contender filled = target.filling().open(directory)) {
            filled.set("a", "1", "one");
        }
        try (Contender contender = target.open(directory)) {
            assertThat(contender.get("a", "1")).isEqualTo("one");
        }
    }
}
