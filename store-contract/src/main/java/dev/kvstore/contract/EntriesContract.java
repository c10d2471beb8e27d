package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.KvNotFoundException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.EmptyResultDataAccessException;

/** What callers set is what they get, and nothing else changes. */
abstract class EntriesContract extends ContractPart {

    EntriesContract(KvStoreContract contract) {
        super(contract);
    }

    @Test
    void anAbsentEntryIsEmpty() {
        assertThat(kv.get("group", "key")).isEmpty();
    }

    @Test
    void aSetValueIsReturned() {
        kv.set("group", "key", VALUE);

        assertThat(kv.get("group", "key")).contains(VALUE);
        assertThat(kv.require("group", "key")).isEqualTo(VALUE);
    }

    @Test
    void requireOfAnAbsentEntryThrowsAnErrorThatNamesIt() {
        assertThatExceptionOfType(KvNotFoundException.class)
                .isThrownBy(() -> kv.require("group", "key"))
                .withMessageContaining("group/key")
                .isInstanceOf(EmptyResultDataAccessException.class);
    }

    @Test
    void setTwiceKeepsOneEntryWithTheLastValue() {
        kv.set("group", "key", "first");
        kv.set("group", "key", "last");

        assertThat(kv.get("group", "key")).contains("last");
        assertThat(kv.count("group")).isEqualTo(1);
    }

    @Test
    void deleteReturnsWhetherTheEntryExisted() {
        kv.set("group", "key", VALUE);

        assertThat(kv.delete("group", "key")).isTrue();
        assertThat(kv.delete("group", "key")).isFalse();
        assertThat(kv.get("group", "key")).isEmpty();
    }
}
