package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Groups are independent, and their entries are ordered by the bytes of their keys. */
abstract class GroupsContract extends ContractPart {

    GroupsContract(KvStoreContract contract) {
        super(contract);
    }

    @Test
    void theSameKeyInTwoGroupsIsTwoEntries() {
        kv.set("a", "key", "in a");
        kv.set("b", "key", "in b");

        assertThat(kv.get("a", "key")).contains("in a");
        assertThat(kv.get("b", "key")).contains("in b");
    }

    @Test
    void deleteInOneGroupLeavesTheOther() {
        kv.set("a", "key", "in a");
        kv.set("b", "key", "in b");

        kv.delete("a", "key");

        assertThat(kv.get("b", "key")).contains("in b");
    }

    @Test
    void deleteGroupLeavesOtherGroupsAndReturnsTheNumberOfEntries() {
        kv.set("a", "1", "x");
        kv.set("a", "2", "x");
        kv.set("ab", "1", "x");

        assertThat(kv.deleteGroup("a")).isEqualTo(2);
        assertThat(kv.count("a")).isZero();
        assertThat(kv.count("ab")).isEqualTo(1);
        assertThat(kv.deleteGroup("a")).isZero();
    }

    @Test
    void aGroupThatWasNeverSetIsEmpty() {
        assertThat(kv.count("nowhere")).isZero();
        assertThat(kv.getAll("nowhere")).isEmpty();
    }

    @Test
    void getAllReturnsOneGroupOnly() {
        kv.set("a", "key", "in a");
        kv.set("b", "other", "in b");

        assertThat(kv.getAll("a")).containsExactly(entry("key", "in a"));
    }

    @Test
    void getAllIsOrderedByTheUtf8BytesOfTheKeys() {
        // In order of UTF-16 units, as String compares, the emoji would precede the full-width letter.
        List<String> keys = List.of("", "!", "10", "9", "B", "a", "a\u0000", "aa", "é", "漢", "Ａ", "🎉");
        keys.stream().sorted().forEach(key -> kv.set("group", key, "value of " + key));

        List<String> byBytes = keys.stream()
                .sorted((left, right) -> Arrays.compareUnsigned(
                        left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8)))
                .toList();
        assertThat(kv.getAll("group").keySet()).containsExactlyElementsOf(byBytes);
        assertThat(kv.getAll("group")).containsEntry("a\u0000", "value of a\u0000");
    }

    @Test
    void getAllCannotBeModified() {
        kv.set("group", "key", VALUE);

        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> kv.getAll("group").clear());
    }
}
