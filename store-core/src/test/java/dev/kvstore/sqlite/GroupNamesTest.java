package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.MovedClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code groups(prefix)} lists the groups that have live entries. */
class GroupNamesTest {

    private final MovedClock clock = new MovedClock();
    private final SqliteKvStore kv =
            SqliteKvStore.builder().inMemory().clock(clock).build();

    @AfterEach
    void close() {
        kv.close();
    }

    @Test
    void groupsAreListedOnceInTheOrderOfTheirUtf8Bytes() {
        for (String group : List.of("b", "", "\uD83C\uDF89", "\uFF21", "a\u0000", "a")) {
            kv.set(group, "one", "1");
            kv.set(group, "two", "2");
        }

        assertThat(kv.groups("")).containsExactly("", "a", "a\u0000", "b", "\uFF21", "\uD83C\uDF89");
    }

    @Test
    void aPrefixIsNotAPattern() {
        for (String group : List.of("a", "a%", "a%b", "a_", "ab", "b")) {
            kv.set(group, "key", "value");
        }

        assertThat(kv.groups("a%")).containsExactly("a%", "a%b");
        assertThat(kv.groups("c")).isEmpty();
    }

    @Test
    void aGroupWithOnlyExpiredEntriesIsAbsent() {
        kv.set("mixed", "expired", "value", Duration.ofSeconds(1));
        kv.set("mixed", "live", "value");
        kv.set("expired", "expired", "value", Duration.ofSeconds(1));
        clock.move(Duration.ofSeconds(2));

        assertThat(kv.groups("")).containsExactly("mixed");
    }

    @Test
    void aStoreKnowsItsFile(@TempDir Path directory) {
        Path file = directory.resolve("kvstore.db");

        assertThat(kv.file()).isEmpty();
        try (SqliteKvStore inFile = SqliteKvStore.open(file)) {
            assertThat(inFile.file()).contains(file);
        }
    }
}
