package dev.kvstore.sqlite.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.engine.ArrayMap;
import dev.kvstore.engine.Value;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A joined text is split into its entries, whatever they contain. */
class JoinedSliceTest {

    private final ArrayMap.Builder<Value> entries = new ArrayMap.Builder<>(1);
    private final Map<String, Integer> outOfRow = new HashMap<>();

    /** Writes V, O, N and ! as the separators for a value, out of row, the next entry, and not joined. */
    private static byte[] joined(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte next : text.getBytes(StandardCharsets.UTF_8)) {
            bytes.write(
                    switch (next) {
                        case 'V' -> 0xFD;
                        case 'O' -> 0xFC;
                        case 'N' -> 0xFE;
                        case '!' -> 0xFB;
                        case '?' -> 0xFF;
                        default -> next;
                    });
        }
        return bytes.toByteArray();
    }

    private boolean split(String text, int count) {
        return JoinedSlice.split(joined(text), count, "group", entries, outOfRow);
    }

    private Map<String, Value> entries() {
        return entries.build();
    }

    @Test
    void anEntryMayContainAnyText() {
        assertThat(split("aV1 2\nNcVNkey 1,5V🎉", 3)).isTrue();

        assertThat(entries())
                .containsExactly(
                        Map.entry("a", new Value.Text("1 2\n")),
                        Map.entry("c", new Value.Text("")),
                        Map.entry("key 1,5", new Value.Text("🎉")));
    }

    @Test
    void theKeyMayBeEmptyAndTheValueToo() {
        assertThat(split("V", 1)).isTrue();

        assertThat(entries()).containsExactly(Map.entry("", new Value.Text("")));
    }

    @Test
    void theFirstOfSeveralKeysMayBeEmpty() {
        assertThat(split("V1NaV2", 2)).isTrue();

        assertThat(entries()).containsOnlyKeys("", "a");
    }

    @Test
    void aValueOutOfRowKeepsItsPlace() {
        assertThat(split("aV1NbONcV3", 3)).isTrue();

        assertThat(outOfRow).containsExactly(Map.entry("b", 1));
        assertThat(entries()).containsOnlyKeys("a", "b", "c");
    }

    @Test
    void theLastValueMayBeOutOfRow() {
        assertThat(split("aV1NbO", 2)).isTrue();

        assertThat(outOfRow).containsExactly(Map.entry("b", 1));
    }

    @Test
    void keysAreInTheOrderOfTheirUtf8Bytes() {
        // U+1F389 sorts after U+FF21 in UTF-8, and before it in UTF-16.
        assertThat(split("ＡV1N🎉V2", 2)).isTrue();
        assertThat(split("🎉V1NＡV2", 2)).isFalse();
        assertThat(split("aV1NaV2", 2)).isFalse();
    }

    @Test
    void aSliceThatIsNotSplitAddsNothing() {
        assertThat(split("aV1NbO", 2)).isTrue();

        assertThat(split("cV3NdON!", 3)).isFalse();

        assertThat(entries()).containsOnlyKeys("a", "b");
        assertThat(outOfRow).containsOnlyKeys("b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"!", "a", "aV1V2", "aO1", "aOO", "aOV", "aV1O", "aV1!", "!V1", "?V1", "aV?", "NaV1", "aV1N"})
    void anEntryThatIsNotTextIsNotSplit(String entry) {
        assertThat(split(entry, 1)).isFalse();
        assertThat(split(entry + "NzV1", 2)).isFalse();
        assertThat(split("VN" + entry, 2)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"aV1NbV2, 1", "aV1NbV2, 3", "aV1, 2"})
    void anotherNumberOfEntriesThanStatedIsNotSplit(String text, int count) {
        assertThat(split(text, count)).isFalse();
    }
}
