package dev.kvstore.bucket4j.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Java code of docs/rate-limits.md is part of the tests of this package. */
class RateLimitsPageTest {

    @Test
    void theExamplesAreTests() throws Exception {
        String page = Files.readString(Path.of("../../docs/rate-limits.md"));
        List<String> examples = Pattern.compile("(?s)```java\\n(.*?)```")
                .matcher(page)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();

        assertThat(examples).hasSize(2);
        assertThat(source("LoginLimitTest")).endsWith(examples.get(0));
        assertThat(source("DownloadsTest")).endsWith(examples.get(1));
    }

    private static String source(String name) throws Exception {
        return Files.readString(Path.of("src/test/java/dev/kvstore/bucket4j/example", name + ".java"));
    }

    @Test
    void everyPropertyIsListedWithItsDefault() throws Exception {
        assertThat(Files.readString(Path.of("../../docs/rate-limits.md")))
                .contains(
                        "| `kvstore.rate-limit.enabled` | `true` |",
                        "| `kvstore.rate-limit.on-failure` | `open` |",
                        "| `kvstore.rate-limit.prefix` | `rate-limit:` |",
                        "| `kvstore.rate-limit.durability` | `normal` |",
                        "| `kvstore.rate-limit.limits.<name>.by` | `address` |");
    }
}
