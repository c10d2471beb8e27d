package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Entries are found in a text of many, whatever they hold. */
class JoinedEntryTest {

    @Test
    void anEntryMayHoldAnything() {
        List<JoinedEntry> entries = split("1 3 a1 2" + "5  🎉x" + "12 0 key 1 5 abcd");

        assertThat(entries).extracting(JoinedEntry::key).containsExactly("a", "key 1 5 abcd", "🎉x");
        assertThat(entries).extracting(JoinedEntry::value).containsExactly("1 2", "", null);
    }

    @Test
    void anEmptyKeyIsAKey() {
        List<JoinedEntry> entries = split("0 1 v");

        assertThat(entries).extracting(JoinedEntry::key).containsExactly("");
        assertThat(entries).extracting(JoinedEntry::value).containsExactly("v");
    }

    @Test
    void entriesComeInTheOrderOfTheBytesOfTheirKeys() {
        // U+1F389 is after U+FF21 in UTF-8, and before it in UTF-16.
        List<JoinedEntry> entries = split("4 1 🎉a" + "3 1 Ａb" + "1 1 cc" + "2 1 cad");

        assertThat(entries).extracting(JoinedEntry::value).containsExactly("c", "d", "b", "a");
    }

    private static List<JoinedEntry> split(String text) {
        return JoinedEntry.split(text.getBytes(StandardCharsets.UTF_8));
    }
}
