package dev.kvstore.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kvstore.Expiry;
import dev.kvstore.KvCodec;
import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvRange;
import dev.kvstore.KvTypeException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whatever a codec does, an error names the entry and not its value, and the entry stays as it is. */
@NullUnmarked
abstract class CodecContract extends ContractPart {

    private KvGroup<byte[]> bytes;

    CodecContract(KvStoreContract contract) {
        super(contract);
    }

    @BeforeEach
    void openBytes() {
        bytes = kv.group("group", byte[].class);
    }

    private static String fail(Object value) {
        throw new IllegalStateException("the codec failed on " + value);
    }

    /** Every method of a group that returns a value, as one that reads the entry "key". */
    private static Stream<Calling<KvGroup<String>, String>> returningAValue() {
        return Stream.of(
                returning("get", group -> group.get("key")),
                returning("require", group -> group.require("key")),
                returning("entry", group -> group.entry("key")),
                returning("getAll", KvGroup::getAll),
                returning("getAll of keys", group -> group.getAll(List.of("key"))),
                returning("page", group -> group.page(KvRange.all())),
                returning("entries", group -> group.entries(KvRange.all()).toList()),
                returning("getOrSet", group -> group.getOrSet("key", "after", Expiry.never())),
                returning("getAndSet", group -> group.getAndSet("key", "after", Expiry.never())),
                returning("getAndExpire", group -> group.getAndExpire("key", Expiry.after(MINUTE))),
                returning("getAndDelete", group -> group.getAndDelete("key")),
                returning("update", group -> group.update("key", Expiry.never(), before -> Optional.of("after"))),
                returning("getOrCompute", group -> group.getOrCompute("key", Expiry.never(), () -> "after")),
                returning("map.get", group -> group.asMap().get("key")),
                returning("map.put", group -> group.asMap().put("key", "after")),
                returning("map.remove", group -> group.asMap().remove("key")),
                returning("map.putIfAbsent", group -> group.asMap().putIfAbsent("key", "after")),
                returning("map.replace", group -> group.asMap().replace("key", "after")),
                returning("map.merge", group -> group.asMap().merge("key", "after", String::concat)),
                returning(
                        "map.values", group -> group.asMap().values().iterator().next()));
    }

    /** A method that returns a value, which does not matter here. */
    @FunctionalInterface
    private interface Returning {

        Object callOn(KvGroup<String> group);
    }

    private static Calling<KvGroup<String>, String> returning(String name, Returning method) {
        return new Calling<>(name, (group, key) -> method.callOn(group));
    }

    /** Checks that an entry, which the second group can read, cannot be read by any method of the first. */
    private static Stream<DynamicTest> assertUnreadable(KvGroup<String> unreadable, KvGroup<?> readable, String words) {
        KvEntry<?> before = readable.entry("key").orElseThrow();
        return Calling.each(returningAValue(), call -> {
            assertThatExceptionOfType(KvTypeException.class)
                    .isThrownBy(() -> call.on(unreadable, "key"))
                    .withMessageContaining("'group/key'")
                    .withMessageContaining(words)
                    .satisfies(thrown -> assertThat(printed(thrown)).doesNotContain(VALUE));
            KvEntry<?> after = readable.entry("key").orElseThrow();
            assertThat(after.version()).isEqualTo(before.version());
            assertThat(after.expiresAt()).isEqualTo(before.expiresAt());
        });
    }

    private static String printed(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private KvGroup<String> ofText(UnaryOperator<String> decode) {
        return kv.group("group", KvCodec.text(value -> value, decode));
    }

    private KvGroup<String> ofBytes(Function<byte[], String> decode) {
        return kv.group("group", KvCodec.bytes(value -> value.getBytes(UTF_8), decode));
    }

    private void setText() {
        group.set("key", VALUE);
    }

    private void setBytes() {
        bytes.set("key", VALUE.getBytes(UTF_8));
    }

    @TestFactory
    Stream<DynamicTest> bytesCannotBeReadAsText() {
        setBytes();

        return assertUnreadable(group, bytes, "is bytes and not text");
    }

    @TestFactory
    Stream<DynamicTest> textCannotBeReadAsBytes() {
        setText();

        return assertUnreadable(ofBytes(read -> new String(read, UTF_8)), group, "is text and not bytes");
    }

    @TestFactory
    Stream<DynamicTest> whatACodecFailsOnCannotBeRead() {
        setText();

        return assertUnreadable(ofText(CodecContract::fail), group, "cannot be decoded");
    }

    @TestFactory
    Stream<DynamicTest> bytesThatACodecFailsOnCannotBeRead() {
        setBytes();

        return assertUnreadable(ofBytes(read -> fail(new String(read, UTF_8))), bytes, "cannot be decoded");
    }

    @TestFactory
    Stream<DynamicTest> whatACodecDecodesAsNullCannotBeRead() {
        setText();

        return assertUnreadable(ofText(text -> null), group, "the codec returned null");
    }

    @Test
    void theFlatMethodsCannotReadBytesEither() {
        setBytes();

        assertThatExceptionOfType(KvTypeException.class).isThrownBy(() -> kv.get("group", "key"));
        assertThatExceptionOfType(KvTypeException.class).isThrownBy(() -> kv.require("group", "key"));
        assertThatExceptionOfType(KvTypeException.class).isThrownBy(() -> kv.getAll("group"));
        assertThatExceptionOfType(KvTypeException.class).isThrownBy(() -> kv.render("text", "group"));
    }

    @Test
    void methodsThatReturnNoValueDecodeNone() {
        setText();
        KvGroup<String> failing = ofText(CodecContract::fail);

        assertThat(failing.contains("key")).isTrue();
        assertThat(failing.count()).isEqualTo(1);
        assertThat(failing.keys(KvRange.all())).containsExactly("key");
        assertThat(failing.asMap().keySet()).containsExactly("key");
        assertThat(failing.expire("key", Expiry.after(MINUTE))).isTrue();
        assertThat(failing.setIfAbsent("key", "after")).isFalse();
        assertThat(failing.setIfPresent("key", "after")).isTrue();
        failing.set("key", "again");
        assertThat(failing.delete("key")).isTrue();
    }

    @TestFactory
    Stream<DynamicTest> aValueThatACodecCannotEncodeIsRefused() {
        setText();
        KvEntry<String> before = group.entry("key").orElseThrow();
        Map<String, UnaryOperator<String>> encodings = Map.of(
                "cannot be encoded", CodecContract::fail,
                "the codec returned null", value -> null,
                "unpaired surrogate", value -> value + "\uD83C");

        return Calling.each(
                Stream.concat(GroupCalls.ofAValue(), Stream.of(inABatch())),
                call -> encodings.forEach((words, encode) -> {
                    KvGroup<String> failing = kv.group("group", KvCodec.text(encode, text -> text));
                    assertThatIllegalArgumentException()
                            .isThrownBy(() -> call.on(failing, VALUE))
                            .withMessageContaining(words)
                            .satisfies(thrown -> assertThat(printed(thrown)).doesNotContain(VALUE));
                    assertThat(group.entry("key")).contains(before);
                    assertThat(group.count()).isEqualTo(1);
                }));
    }

    private Calling<KvGroup<String>, String> inABatch() {
        return new Calling<>("batch", (group, value) -> kv.batch().set(group, "key", value));
    }

    @Test
    void aCodecNeverSeesNull() {
        List<Object> seen = new ArrayList<>();
        KvGroup<String> recording = kv.group(
                "group",
                KvCodec.text(
                        value -> {
                            seen.add(value);
                            return value;
                        },
                        text -> {
                            seen.add(text);
                            return text;
                        }));

        assertThat(recording.get("key")).isEmpty();
        assertThat(recording.entry("key")).isEmpty();
        assertThat(recording.getAll()).isEmpty();
        assertThat(recording.getAndDelete("key")).isEmpty();
        assertThat(recording.asMap().get("key")).isNull();
        assertThat(recording.update("key", Expiry.never(), before -> before)).isEmpty();
        GroupCalls.ofAValue()
                .forEach(call -> assertThatIllegalArgumentException()
                        .as(call.name())
                        .isThrownBy(() -> call.on(recording, null)));
        assertThat(seen).isEmpty();

        recording.setAll(Collections.singletonMap("key", VALUE));
        recording.get("key");
        assertThat(seen).isNotEmpty().containsOnly(VALUE);
    }

    @Test
    void aCodecDecidesWhatIsStored() {
        KvGroup<Integer> hexadecimal =
                kv.group("group", KvCodec.text(Integer::toHexString, text -> Integer.valueOf(text, 16)));
        hexadecimal.set("key", 255);
        assertThat(group.get("key")).contains("ff");
        group.set("key", "100");
        assertThat(hexadecimal.get("key")).contains(256);

        KvGroup<Byte> ofBytes = kv.group("group", KvCodec.bytes(value -> new byte[] {value, 0}, read -> read[0]));
        ofBytes.set("key", (byte) -7);
        assertThat(bytes.require("key")).containsExactly(-7, 0);
        assertThat(ofBytes.get("key")).contains((byte) -7);
    }

    @Test
    void aCodecOfBytesMayKeepTheArrayThatItDecodes() {
        KvGroup<byte[]> keeping = kv.group("group", KvCodec.bytes(Function.identity(), Function.identity()));
        keeping.set("key", new byte[] {1, 2});

        for (int i = 0; i < 3; i++) {
            byte[] read = keeping.require("key");
            assertThat(read).containsExactly(1, 2);
            read[0] = 9;
        }
    }

    @Test
    void oneUnreadableEntryLeavesTheOthersReadable() {
        setBytes();
        group.set("other", VALUE);

        assertThat(group.get("other")).contains(VALUE);
        assertThat(group.getAll(List.of("other"))).isEqualTo(Map.of("other", VALUE));
        assertThat(group.page(KvRange.prefix("o")).entries()).hasSize(1);
        assertThat(group.keys(KvRange.all())).containsExactly("key", "other");
        assertThat(group.delete("key")).isTrue();
        assertThat(group.getAll()).isEqualTo(Map.of("other", VALUE));
    }
}
