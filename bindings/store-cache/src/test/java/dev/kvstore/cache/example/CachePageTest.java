package dev.kvstore.cache.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Java code of docs/cache.md is part of the tests of this package. */
class CachePageTest {

    @Test
    void theExampleIsATest() throws Exception {
        String page = Files.readString(Path.of("../../docs/cache.md"));
        List<String> examples = Pattern.compile("(?s)```java\\n(.*?)```")
                .matcher(page)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        Path source = Path.of("src/test/java/dev/kvstore/cache/example/BooksTest.java");

        assertThat(examples).hasSize(1);
        assertThat(Files.readString(source)).endsWith(examples.get(0));
    }

    @Test
    void everyPropertyIsListedWithItsDefault() throws Exception {
        assertThat(Files.readString(Path.of("../../docs/cache.md")))
                .contains(
                        "| `kvstore.caches.enabled` | `true` |",
                        "| `kvstore.cache-manager.default-ttl` | `1h` |",
                        "| `kvstore.cache-manager.default-max-entries` | `10000` |",
                        "| `kvstore.cache-manager.default-durability` | `normal` |",
                        "| `kvstore.cache-manager.prefix` | `cache:` |",
                        "| `kvstore.cache-manager.transaction-aware` | `false` |",
                        "| `kvstore.cache-manager.allowed-classes` | |");
    }
}
