package dev.kvstore.test.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of docs/testing.md are tests of this package. */
class TestingPageTest {

    @Test
    void eachExampleIsATestOfThisPackage() throws Exception {
        String page = Files.readString(Path.of("../docs/testing.md"));
        List<String> examples = Pattern.compile("(?s)```java\\n(.*?)```")
                .matcher(page)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();

        assertThat(examples).hasSize(2);
        assertThat(source("SessionsTest")).endsWith(examples.get(0));
        assertThat(source("VisitsTest")).endsWith(examples.get(1));
    }

    private static String source(String name) throws Exception {
        return Files.readString(Path.of("src/test/java/dev/kvstore/test/example", name + ".java"));
    }
}
