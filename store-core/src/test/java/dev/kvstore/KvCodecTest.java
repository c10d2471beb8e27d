package dev.kvstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** A codec is two functions, of text or of bytes. */
class KvCodecTest {

    record Point(int theX, int theY) {}

    private final JsonMapper mapper = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .build();

    @Test
    void textAndBytesAreTheOnlyKinds() {
        assertThat(KvCodec.class.getPermittedSubclasses())
                .containsExactlyInAnyOrder(KvCodec.Text.class, KvCodec.Bytes.class);
        assertThat(KvCodec.text(Object::toString, Function.identity())).isInstanceOf(KvCodec.Text.class);
        assertThat(KvCodec.<String>bytes(text -> text.getBytes(UTF_8), bytes -> new String(bytes, UTF_8)))
                .isInstanceOf(KvCodec.Bytes.class);
    }

    @Test
    void jsonIsTextByTheMapperOfTheCaller() {
        JavaType type = mapper.constructType(Point.class);
        KvCodec.Text<Point> codec = (KvCodec.Text<Point>) KvCodec.<Point>json(mapper, type);

        assertThat(codec.encode().apply(new Point(1, 2))).isEqualTo("{\"the-x\":1,\"the-y\":2}");
        assertThat(codec.decode().apply("{\"the-x\":1,\"the-y\":2}")).isEqualTo(new Point(1, 2));
    }

    @Test
    void jsonTakesOtherTypesThanJacksonsToo() {
        KvCodec.Text<Point> ofClass = (KvCodec.Text<Point>) KvCodec.<Point>json(mapper, Point.class);
        KvCodec.Text<List<Point>> generic = (KvCodec.Text<List<Point>>)
                KvCodec.<List<Point>>json(mapper, new ParameterizedTypeReference<List<Point>>() {}.getType());

        assertThat(ofClass.decode().apply("{\"the-x\":1,\"the-y\":2}")).isEqualTo(new Point(1, 2));
        assertThat(generic.decode().apply("[]")).isEqualTo(List.of());
    }

    @Test
    void anotherObjectThanAMapperIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KvCodec.json("a mapper", Point.class))
                .withMessage("mapper must be a tools.jackson.databind.json.JsonMapper and is a java.lang.String");
    }

    @Test
    @SuppressWarnings("NullAway")
    void nullIsRefused() {
        Function<String, String> same = Function.identity();
        assertThatIllegalArgumentException().isThrownBy(() -> KvCodec.text(null, same));
        assertThatIllegalArgumentException().isThrownBy(() -> KvCodec.text(same, null));
        assertThatIllegalArgumentException().isThrownBy(() -> KvCodec.bytes(null, bytes -> ""));
        assertThatIllegalArgumentException().isThrownBy(() -> KvCodec.<String>bytes(text -> new byte[0], null));
        assertThatIllegalArgumentException().isThrownBy(() -> KvCodec.json(null, Point.class));
        assertThatIllegalArgumentException().isThrownBy(() -> KvCodec.json(mapper, null));
    }
}
