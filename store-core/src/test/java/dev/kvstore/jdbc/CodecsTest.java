package dev.kvstore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.kvstore.KvTypeException;
import dev.kvstore.engine.Value;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.ParameterizedTypeReference;

/** Which type is stored how. */
class CodecsTest {

    private static final UUID ID = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");

    private final Codecs codecs = Codecs.own();

    /** With constants that are subclasses, and a text of its own. */
    enum Operator {
        PLUS {
            @Override
            int of(int left, int right) {
                return left + right;
            }
        },
        MINUS {
            @Override
            int of(int left, int right) {
                return left - right;
            }
        };

        abstract int of(int left, int right);

        @Override
        public String toString() {
            return "operator";
        }
    }

    @SuppressWarnings("GetClassOnEnum") // The class of one constant is meant.
    static Stream<Arguments> values() {
        return Stream.of(
                arguments(String.class, "", ""),
                arguments(String.class, "\0 \uFFFF 😀 \u202E\n", "\0 \uFFFF 😀 \u202E\n"),
                arguments(Integer.class, Integer.MIN_VALUE, "-2147483648"),
                arguments(int.class, 5, "5"),
                arguments(Long.class, Long.MAX_VALUE, "9223372036854775807"),
                arguments(long.class, 0L, "0"),
                arguments(Boolean.class, true, "true"),
                arguments(boolean.class, false, "false"),
                arguments(Instant.class, Instant.ofEpochSecond(0, 1), "1970-01-01T00:00:00.000000001Z"),
                arguments(Instant.class, Instant.MIN, "-1000000000-01-01T00:00:00Z"),
                arguments(Instant.class, Instant.MAX, "+1000000000-12-31T23:59:59.999999999Z"),
                arguments(UUID.class, ID, "01890a5d-ac96-774b-bcce-b302099a8057"),
                arguments(Thread.State.class, Thread.State.BLOCKED, "BLOCKED"),
                arguments(Operator.class, Operator.MINUS, "MINUS"),
                arguments(Operator.MINUS.getClass(), Operator.MINUS, "MINUS"),
                arguments(Double.class, 1.5, "1.5"),
                arguments(Object.class, Map.of("a", List.of(1, "b")), "{\"a\":[1,\"b\"]}"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void eachTypeHasItsText(Class<Object> type, Object value, String text) {
        TypedValues<Object> values = codecs.of(type);

        assertThat(values.encode(value)).isEqualTo(new Value.Text(text));
        assertThat(values.decode(new Value.Text(text), "group", "key")).isEqualTo(value);
    }

    @Test
    void bytesAreStoredAsBytesAndCopied() {
        TypedValues<byte[]> values = codecs.of(byte[].class);
        byte[] bytes = {0, -1, 127};

        Value stored = values.encode(bytes);
        bytes[0] = 1;

        assertThat(stored).isEqualTo(new Value.Bytes(new byte[] {0, -1, 127}));
        assertThat(values.decode(stored, "group", "key")).containsExactly(0, -1, 127);
        assertThat(values.encode(new byte[0])).isEqualTo(new Value.Bytes(new byte[0]));
    }

    @ParameterizedTest
    @CsvSource({
        "java.lang.Integer, ''",
        "java.lang.Integer, +1",
        "java.lang.Integer, 01",
        "java.lang.Integer, -0",
        "java.lang.Integer, ' 1'",
        "java.lang.Integer, 1.0",
        "java.lang.Integer, ١",
        "java.lang.Integer, 2147483648",
        "java.lang.Long, 1L",
        "java.lang.Long, 9223372036854775808",
        "java.lang.Boolean, TRUE",
        "java.lang.Boolean, 1",
        "java.lang.Boolean, ''",
        "java.time.Instant, 2026-01-01",
        "java.util.UUID, 1-1-1-1-1",
        "java.util.UUID, 01890A5D-AC96-774B-BCCE-B302099A8057",
        "java.lang.Thread$State, blocked",
        "java.lang.Thread$State, GONE",
        "java.lang.Double, one"
    })
    void textThatIsNoSuchValueIsATypeException(Class<?> type, String text) {
        assertThatThrownBy(() -> codecs.of(type).decode(new Value.Text(text), "group", "key"))
                .isInstanceOf(KvTypeException.class)
                .hasMessage("The value of 'group/key' cannot be decoded as " + type.getTypeName());
    }

    @Test
    @SuppressWarnings("GetClassOnEnum") // The class of one constant is meant.
    void aClassOfOneConstantHasNoOtherConstants() {
        assertThatThrownBy(() -> codecs.of(Operator.PLUS.getClass()).decode(new Value.Text("MINUS"), "group", "key"))
                .isInstanceOf(KvTypeException.class);
    }

    @Test
    void aPrimitiveTypeIsItsWrapper() {
        assertThat(codecs.of(int.class).type()).isEqualTo(Integer.class);
        assertThat(codecs.of(long.class).type()).isEqualTo(Long.class);
        assertThat(codecs.of(char.class).type()).isEqualTo(Character.class);
    }

    @ParameterizedTest
    @ValueSource(classes = {void.class, Void.class})
    void aTypeWithoutValuesIsRefused(Class<?> type) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codecs.of(type))
                .withMessage("type must have values, and '" + type.getTypeName() + "' has none");
    }

    @Test
    void aReferenceToAClassIsTheClass() {
        assertThat(codecs.of(new ParameterizedTypeReference<String>() {})).isEqualTo(TypedValues.TEXT);
        assertThat(codecs.of(new ParameterizedTypeReference<byte[]>() {}).encode(new byte[1]))
                .isEqualTo(new Value.Bytes(new byte[1]));
        assertThat(codecs.of(new ParameterizedTypeReference<Long>() {}).type()).isEqualTo(Long.class);
    }

    @Test
    void aGenericTypeIsJsonOfItsElements() {
        ParameterizedTypeReference<Map<Operator, List<Instant>>> type = new ParameterizedTypeReference<>() {};
        TypedValues<Map<Operator, List<Instant>>> values = codecs.of(type);
        Map<Operator, List<Instant>> value = Map.of(Operator.PLUS, List.of(Instant.EPOCH));

        Value stored = values.encode(value);

        assertThat(stored).isEqualTo(new Value.Text("{\"PLUS\":[\"1970-01-01T00:00:00Z\"]}"));
        assertThat(values.decode(stored, "group", "key")).isEqualTo(value);
        assertThat(values.type()).isEqualTo(type.getType());
    }

    @Test
    void aTypeThatOnlyTheCallersCallerKnowsIsRefused() {
        for (Type type : List.of(
                this.<String>unknown(),
                this.<String>unknownElements(),
                this.<String>unknownArray(),
                this.<String>bounded(),
                this.<String>unknownOwner())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> codecs.of(ParameterizedTypeReference.forType(type)))
                    .withMessageContaining("contains a type variable");
        }
    }

    static final class Outer<T> {

        private final List<T> elements = List.of();

        final class Inner {

            List<T> elements() {
                return elements;
            }
        }
    }

    private <T> Type unknownOwner() {
        return new ParameterizedTypeReference<Outer<T>.Inner>() {}.getType();
    }

    private <T> Type unknown() {
        return new ParameterizedTypeReference<T>() {}.getType();
    }

    private <T> Type unknownElements() {
        return new ParameterizedTypeReference<Map<String, List<T>>>() {}.getType();
    }

    private <T> Type unknownArray() {
        return new ParameterizedTypeReference<T[]>() {}.getType();
    }

    private <T> Type bounded() {
        return new ParameterizedTypeReference<List<? extends T>>() {}.getType();
    }

    @Test
    @SuppressWarnings("NullAway")
    void nullIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codecs.of((Class<String>) null))
                .withMessage("type must not be null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codecs.of((ParameterizedTypeReference<String>) null))
                .withMessage("type must not be null");
    }
}
