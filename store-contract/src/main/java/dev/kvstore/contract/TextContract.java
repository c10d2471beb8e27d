package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every valid Unicode text is a group, a key and a value, and is returned exactly. */
abstract class TextContract extends ContractPart {

    TextContract(KvStoreContract contract) {
        super(contract);
    }

    static Stream<String> unusual() {
        return Stream.of(
                "",
                " ",
                "  leading and trailing  ",
                "line\nbreak\r\nand\ttab",
                "naïve café",
                "漢字かな交じり文",
                "مرحبا بالعالم",
                "👩‍👩‍👧‍👦 🎉",
                "\uFEFFbyte order mark",
                "nul\u0000inside\u0000",
                "'; DROP TABLE kv;--",
                "\\ backslash \" quote ' apostrophe ` tick",
                "100% _underscore_ *star* ?",
                "${key} [(${key})] __${key}__");
    }

    @ParameterizedTest
    @MethodSource("unusual")
    void anyTextIsAValidGroupKeyAndValue(String text) {
        kv.set("neighbour", "key", "untouched");
        kv.set(text, text, text);

        assertThat(kv.get(text, text)).contains(text);
        assertThat(kv.getAll(text)).containsExactly(entry(text, text));
        assertThat(kv.count(text)).isEqualTo(1);
        assertThat(kv.delete(text, text)).isTrue();
        assertThat(kv.get("neighbour", "key")).contains("untouched");
    }

    @Test
    void keysThatDifferAfterANulAreDifferent() {
        kv.set("group", "a\u0000b", "1");
        kv.set("group", "a\u0000c", "2");

        assertThat(kv.get("group", "a\u0000b")).contains("1");
        assertThat(kv.get("group", "a")).isEmpty();
    }

    @Test
    void composedAndDecomposedAccentsAreDifferentKeys() {
        kv.set("group", "\u00e9", "composed");
        kv.set("group", "e\u0301", "decomposed");

        assertThat(kv.getAll("group")).hasSize(2);
    }

    @Test
    void longKeysGroupsAndValuesAreReturnedExactly() {
        String name = "n".repeat(9_999) + "é";
        String value = "漢🎉x".repeat(25_000);
        kv.set(name, name, value);

        assertThat(kv.get(name, name)).contains(value);
        assertThat(kv.getAll(name)).containsEntry(name, value);
    }
}
