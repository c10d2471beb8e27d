package dev.kvstore.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvstore.KvCodec;
import dev.kvstore.KvTypeException;
import dev.kvstore.engine.Value;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Whatever a codec does, errors name the entry and never contain its value. */
class TypedValuesTest {

    private static final String SECRET = "the secret";

    private static final TypedValues<String> BYTES =
            TypedValues.of(KvCodec.bytes(text -> text.getBytes(UTF_8), bytes -> new String(bytes, UTF_8)));

    @Test
    void textIsStoredAsItIs() {
        assertThat(TypedValues.TEXT.encode(SECRET)).isEqualTo(new Value.Text(SECRET));
        assertThat(TypedValues.TEXT.decode(new Value.Text(SECRET), "group", "key"))
                .isEqualTo(SECRET);
        assertThat(TypedValues.TEXT.type()).isEqualTo(String.class);
    }

    @Test
    void aCodecStoresTextOrBytes() {
        TypedValues<Integer> hex =
                TypedValues.of(KvCodec.text(Integer::toHexString, text -> Integer.valueOf(text, 16)));

        assertThat(hex.encode(255)).isEqualTo(new Value.Text("ff"));
        assertThat(hex.decode(new Value.Text("ff"), "group", "key")).isEqualTo(255);
        assertThat(BYTES.encode("a")).isEqualTo(new Value.Bytes(new byte[] {'a'}));
        assertThat(BYTES.decode(new Value.Bytes(new byte[] {'a'}), "group", "key"))
                .isEqualTo("a");
    }

    @Test
    void aCodecMayKeepAndChangeTheBytesThatItDecodes() {
        byte[] stored = {1, 2};

        byte[] decoded = TypedValues.of(KvCodec.<byte[]>bytes(Function.identity(), Function.identity()))
                .decode(new Value.Bytes(stored), "group", "key");
        decoded[0] = 9;

        assertThat(stored).containsExactly(1, 2);
    }

    @Test
    void bytesAreNoTextAndTextIsNoBytes() {
        assertThatThrownBy(() -> TypedValues.TEXT.decode(new Value.Bytes(SECRET.getBytes(UTF_8)), "group\n", "key"))
                .isInstanceOf(KvTypeException.class)
                .hasMessage("The value of 'group\\u000A/key' is bytes and not text; read it by a group of byte[]");
        assertThatThrownBy(() -> BYTES.decode(new Value.Text(SECRET), "group", "key"))
                .isInstanceOf(KvTypeException.class)
                .hasMessage("The value of 'group/key' is text and not bytes; read it by a group of text");
    }

    @Test
    @SuppressWarnings("NullAway")
    void nullIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TypedValues.TEXT.encode(null))
                .withMessage("value must not be null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TypedValues.of(null))
                .withMessage("codec must not be null");
    }

    @Test
    @SuppressWarnings("NullAway")
    void aCodecThatReturnsNullFails() {
        for (KvCodec<String> codec : List.of(
                KvCodec.<String>text(value -> null, text -> null),
                KvCodec.<String>bytes(value -> null, bytes -> null))) {
            TypedValues<String> values = TypedValues.of(codec);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> values.encode(SECRET))
                    .withMessage("value cannot be encoded: the codec returned null");
            Value stored = codec instanceof KvCodec.Text ? new Value.Text(SECRET) : new Value.Bytes(new byte[1]);
            assertThatThrownBy(() -> values.decode(stored, "group", "key"))
                    .isInstanceOf(KvTypeException.class)
                    .hasMessage("The value of 'group/key' cannot be decoded as dev.kvstore.KvCodec:"
                            + " the codec returned null");
        }
    }

    @Test
    void whatACodecThrowsIsNamedWithoutItsMessage() {
        TypedValues<String> values = TypedValues.of(KvCodec.text(TypedValuesTest::fail, TypedValuesTest::fail));

        assertThatThrownBy(() -> values.encode(SECRET))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("value cannot be encoded as dev.kvstore.KvCodec")
                .satisfies(TypedValuesTest::namesTheFailureWithoutTheSecret);
        assertThatThrownBy(() -> values.decode(new Value.Text(SECRET), "group", "key"))
                .isInstanceOf(KvTypeException.class)
                .hasMessageStartingWith("The value of 'group/key' cannot be decoded as dev.kvstore.KvCodec")
                .satisfies(TypedValuesTest::namesTheFailureWithoutTheSecret);
    }

    private static String fail(String value) {
        throw TypedValuesTest.<RuntimeException>unchecked(new IOException(value, new NumberFormatException(value)));
    }

    /** Kotlin and Lombok throw checked exceptions from where none is declared. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Exception> T unchecked(Exception checked) throws T {
        throw (T) checked;
    }

    private static void namesTheFailureWithoutTheSecret(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString())
                .contains("java.io.IOException", "TypedValuesTest.fail")
                .doesNotContain(SECRET);
    }

    @Test
    void anErrorOfTheMachineIsPassedOn() {
        TypedValues<String> values = TypedValues.of(KvCodec.text(
                value -> {
                    throw new OutOfMemoryError();
                },
                text -> {
                    throw new StackOverflowError();
                }));

        assertThatThrownBy(() -> values.encode("value")).isInstanceOf(OutOfMemoryError.class);
        assertThatThrownBy(() -> values.decode(new Value.Text("value"), "group", "key"))
                .isInstanceOf(StackOverflowError.class);
    }

    @Test
    void aGroupIsDecodedInItsOrder() {
        Map<String, Value> stored = new LinkedHashMap<>();
        stored.put("z", new Value.Text("1"));
        stored.put("a", new Value.Text("2"));

        Map<String, String> decoded = TypedValues.TEXT.decodeAll(stored, "group");

        assertThat(decoded).containsExactly(Map.entry("z", "1"), Map.entry("a", "2"));
        assertThatThrownBy(decoded::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aGroupIsDecodedAsAWholeOrNotAtAll() {
        Map<String, Value> stored = new LinkedHashMap<>(Map.of("key", new Value.Bytes(new byte[1])));

        assertThatThrownBy(() -> TypedValues.TEXT.decodeAll(stored, "group"))
                .isInstanceOf(KvTypeException.class)
                .hasMessageContaining("'group/key'");
    }
}
