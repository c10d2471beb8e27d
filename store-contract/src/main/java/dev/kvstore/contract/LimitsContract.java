package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.KvLimitException;
import dev.kvstore.KvNotFoundException;
import org.junit.jupiter.api.Test;

/** Names and values beyond the limits are refused; names in messages are made printable. */
abstract class LimitsContract extends ContractPart {

    LimitsContract(KvStoreContract contract) {
        super(contract);
    }

    @Test
    void aGroupKeyAndValueOfTheMaximumLengthAreAccepted() {
        String name = "é".repeat(32 * 1024);
        kv.set(name, name, "v".repeat(16 * 1024 * 1024));

        assertThat(kv.require(name, name)).hasSize(16 * 1024 * 1024);
    }

    @Test
    void oneByteMoreIsRefusedWithAnErrorThatNamesTheLimit() {
        String name = "é".repeat(32 * 1024) + "k";
        String value = VALUE + "v".repeat(16 * 1024 * 1024 - 5);

        assertThatExceptionOfType(KvLimitException.class)
                .isThrownBy(() -> kv.set(name, "key", VALUE))
                .withMessageContaining("65536 bytes")
                .withMessageContaining("maxKeySize");
        assertThatExceptionOfType(KvLimitException.class)
                .isThrownBy(() -> kv.set("group", name, VALUE))
                .withMessageContaining("group/é")
                .withMessageContaining("maxKeySize");
        assertThatExceptionOfType(KvLimitException.class)
                .isThrownBy(() -> kv.set("group", "key", value))
                .withMessageContaining("group/key")
                .withMessageContaining("16777216 bytes")
                .withMessageContaining("maxValueSize")
                .withMessageNotContaining("s3cret");
        assertThat(kv.count("group")).isZero();
    }

    @Test
    void readsAndDeletesAcceptNamesOfAnyLength() {
        String name = "n".repeat(100_000);

        assertThat(kv.get(name, name)).isEmpty();
        assertThat(kv.getAll(name)).isEmpty();
        assertThat(kv.count(name)).isZero();
        assertThat(kv.delete(name, name)).isFalse();
        assertThat(kv.deleteGroup(name)).isZero();
    }

    @Test
    void namesInMessagesAreCutAndCannotForgeALogLine() {
        String name = "a\nINFO forged\u202E" + "x".repeat(300);

        assertThatExceptionOfType(KvNotFoundException.class)
                .isThrownBy(() -> kv.require("group", name))
                .withMessageContaining("group/a\\u000AINFO forged\\u202Ex")
                .satisfies(e -> assertThat(e.getMessage())
                        .doesNotContain("\n", "\u202E")
                        .hasSizeLessThan(250));
    }
}
