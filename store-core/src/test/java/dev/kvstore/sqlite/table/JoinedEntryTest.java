package dev.kvstore.sqlite.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A joined text is split into its entries, whatever they contain. */
class JoinedEntryTest {

    @Test
    void anEntryMayContainAnyText() {
        List<JoinedEntry> entries = split("1 a 3 1 2," + "5 🎉x," + "12 key 1 5 abcd 0 ");

        assertThat(entries).extracting(entry -> entry.key("group")).containsExactly("a", "key 1 5 abcd", "🎉x");
        assertThat(entries).extracting(entry -> entry.value("group", "key")).containsExactly("1 2", "", null);
    }

    @Test
    void anEmptyKeyIsParsed() {
        List<JoinedEntry> entries = split("0  1 v");

        assertThat(entries).extracting(entry -> entry.key("group")).containsExactly("");
        assertThat(entries).extracting(entry -> entry.value("group", "key")).containsExactly("v");
    }

    @Test
    void entriesAreSortedByTheUtf8BytesOfTheirKeys() {
        // U+1F389 sorts after U+FF21 in UTF-8, and before it in UTF-16.
        List<JoinedEntry> entries = split("4 🎉 1 a," + "3 Ａ 1 b," + "1 c 1 c," + "2 ca 1 d");

        assertThat(entries).extracting(entry -> entry.value("group", "key")).containsExactly("c", "d", "b", "a");
    }

    @Test
    void anEntryTooLongToBeJoinedMakesTheResultNull() {
        assertThat(JoinedEntry.split("1 a 1 b,!,1 c 1 d".getBytes(StandardCharsets.UTF_8)))
                .isNull();
        assertThat(split("1 ! 1 !")).extracting(entry -> entry.key("group")).containsExactly("!");
    }

    private static List<JoinedEntry> split(String text) {
        return Objects.requireNonNull(JoinedEntry.split(text.getBytes(StandardCharsets.UTF_8)));
    }
}
