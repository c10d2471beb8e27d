package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.Expiry;
import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvLimitException;
import dev.kvstore.KvNotFoundException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Names and values beyond the limits are refused; names in messages are made printable. */
abstract class LimitsContract extends ContractPart {

    private static final int MOST_KEY_BYTES = 64 * 1024;
    private static final int MOST_VALUE_BYTES = 16 * 1024 * 1024;

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

    @TestFactory
    Stream<DynamicTest> everyMethodThatSetsRefusesAGroupOrKeyThatIsTooLong() {
        String name = "n".repeat(MOST_KEY_BYTES + 1);
        KvGroup<String> longName = kv.group(name);

        return Calling.each(GroupCalls.settingAKey(), call -> {
            assertThatExceptionOfType(KvLimitException.class)
                    .isThrownBy(() -> call.on(group, name))
                    .withMessageContaining("maxKeySize");
            assertThatExceptionOfType(KvLimitException.class)
                    .isThrownBy(() -> call.on(longName, "key"))
                    .withMessageContaining("maxKeySize");
            assertThat(group.count() + longName.count()).isZero();
        });
    }

    @TestFactory
    Stream<DynamicTest> everyMethodThatSetsNothingAcceptsAGroupOrKeyOfAnyLength() {
        String name = "n".repeat(100_000);

        return Calling.each(GroupCalls.findingAKey(), call -> {
            for (KvGroup<String> view : List.of(group, kv.group(name))) {
                try {
                    call.on(view, name);
                } catch (KvNotFoundException absent) {
                    assertThat(call.name()).isEqualTo("require");
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> everyMethodThatSetsRefusesAValueThatIsTooLong() {
        String value = "漢".repeat(MOST_VALUE_BYTES / 3 + 1);
        group.set("key", VALUE);
        KvEntry<String> before = group.entry("key").orElseThrow();

        return Calling.each(Stream.concat(GroupCalls.ofAValue(), ofAFunction()), call -> {
            assertThatExceptionOfType(KvLimitException.class)
                    .isThrownBy(() -> call.on(group, value))
                    .withMessageContaining("maxValueSize");
            assertThat(group.entry("key")).contains(before);
            assertThat(group.count()).isEqualTo(1);
        });
    }

    private static Stream<Calling<KvGroup<String>, String>> ofAFunction() {
        return Stream.of(
                new Calling<>(
                        "update", (group, value) -> group.update("key", Expiry.never(), before -> Optional.of(value))),
                new Calling<>(
                        "getOrCompute", (group, value) -> group.getOrCompute("absent", Expiry.never(), () -> value)));
    }

    @Test
    void bytesAreLimitedAsTextIs() {
        KvGroup<byte[]> bytes = kv.group("bytes", byte[].class);

        assertThatExceptionOfType(KvLimitException.class)
                .isThrownBy(() -> bytes.set("key", new byte[MOST_VALUE_BYTES + 1]))
                .withMessageContaining("bytes/key")
                .withMessageContaining("16777216 bytes")
                .withMessageContaining("maxValueSize");
        assertThat(bytes.contains("key")).isFalse();

        bytes.set("key", new byte[MOST_VALUE_BYTES]);
        assertThat(bytes.require("key")).hasSize(MOST_VALUE_BYTES);
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
