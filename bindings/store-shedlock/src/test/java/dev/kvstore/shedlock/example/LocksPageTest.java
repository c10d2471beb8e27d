package dev.kvstore.shedlock.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Java code of docs/locks.md is part of the tests of this package. */
class LocksPageTest {

    @Test
    void theExampleIsATest() throws Exception {
        String page = Files.readString(Path.of("../../docs/locks.md"));
        List<String> examples = Pattern.compile("(?s)```java\\n(.*?)```")
                .matcher(page)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        Path source = Path.of("src/test/java/dev/kvstore/shedlock/example/ReportsTest.java");

        assertThat(examples).hasSize(1);
        assertThat(Files.readString(source)).endsWith(examples.get(0));
    }

    @Test
    void everyPropertyIsListedWithItsDefault() throws Exception {
        assertThat(Files.readString(Path.of("../../docs/locks.md")))
                .contains(
                        "| `kvstore.shedlock.enabled` | `true` |",
                        "| `kvstore.shedlock.prefix` | `shedlock:` |",
                        "| `kvstore.shedlock.durability` | `full` |");
    }
}
