package dev.kvstore;

import java.lang.reflect.Type;
import java.util.function.Function;
import org.springframework.util.Assert;

/**
 * How values of a type are stored, for types or formats that {@code group(name, type)} does not choose by itself.
 *
 * <pre>{@code
 * record Point(int x, int y) {
 *
 *     static final KvCodec<Point> CODEC = KvCodec.text(
 *             point -> point.x() + "," + point.y(),
 *             text -> new Point(
 *                     Integer.parseInt(text.substring(0, text.indexOf(','))),
 *                     Integer.parseInt(text.substring(text.indexOf(',') + 1))));
 * }
 * }</pre>
 *
 * <p>A codec never sees null and must never return it. If encoding throws or returns null, or returns text with an
 * unpaired surrogate, the write is an {@link IllegalArgumentException} and nothing is written. If decoding throws or
 * returns null, the read is a {@link KvTypeException} that names the group and the key. The cause of both has the class
 * and the stack trace of the codec's exception, but not its message, which may quote the value.
 *
 * <p>A codec must be thread-safe, and should be quick and free of side effects: a store may encode or decode a value
 * more often than once. Codecs of the factories are as thread-safe as the functions they are made of.
 *
 * @param <V> the type of the values
 * @since 0.1
 */
public sealed interface KvCodec<V> {

    /**
     * A codec that stores values as text, so that every tool and the text methods of {@link KvStore} can read them.
     *
     * @throws IllegalArgumentException if an argument is null
     */
    static <V> KvCodec<V> text(Function<? super V, String> encode, Function<String, ? extends V> decode) {
        return new Text<>(encode, decode);
    }

    /**
     * A codec that stores values as bytes.
     *
     * @param encode the returned array is not copied, and must not change any more
     * @param decode gets an array of its own, which it may keep
     * @throws IllegalArgumentException if an argument is null
     */
    static <V> KvCodec<V> bytes(Function<? super V, byte[]> encode, Function<byte[], ? extends V> decode) {
        return new Bytes<>(encode, decode);
    }

    /**
     * A codec that stores values as JSON text by a mapper of the caller's. Whoever changes the mapper's settings must
     * see to it that it can still read what is stored. Needs Jackson 3, {@code tools.jackson.core:jackson-databind}.
     *
     * @param mapper a {@code tools.jackson.databind.json.JsonMapper}. The signature does not say so, because Spring
     *     reflects on the types of beans, and a codec can be a bean in an application without Jackson.
     * @param type the type of the values: a {@code JavaType} of Jackson, a class or a generic type
     * @throws IllegalArgumentException if an argument is null, or {@code mapper} is not a {@code JsonMapper}
     */
    static <V> KvCodec<V> json(Object mapper, Type type) {
        Assert.notNull(mapper, "mapper must not be null");
        Assert.notNull(type, "type must not be null");
        return JsonCodec.of(mapper, type);
    }

    /**
     * A codec that stores text: what {@link KvCodec#text} and {@link KvCodec#json} return, for those who run a codec.
     */
    record Text<V>(Function<? super V, String> encode, Function<String, ? extends V> decode) implements KvCodec<V> {

        /** Checks the functions. */
        public Text {
            Assert.notNull(encode, "encode must not be null");
            Assert.notNull(decode, "decode must not be null");
        }
    }

    /** A codec that stores bytes: what {@link KvCodec#bytes} returns, for those who run a codec. */
    record Bytes<V>(Function<? super V, byte[]> encode, Function<byte[], ? extends V> decode) implements KvCodec<V> {

        /** Checks the functions. */
        public Bytes {
            Assert.notNull(encode, "encode must not be null");
            Assert.notNull(decode, "decode must not be null");
        }
    }
}
