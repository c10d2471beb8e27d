package dev.kvstore.reliability.model;

import dev.kvstore.KvCodec;
import dev.kvstore.KvTypeException;
import java.math.BigInteger;
import java.util.function.Function;
import org.springframework.core.ParameterizedTypeReference;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Encodes the values of a type.
 *
 * @param greatestSum the largest number of a counter of the type; null if it has no counters
 */
record ModelCodec<V>(KvCodec<V> codec, BigInteger greatestSum) {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final BigInteger LARGEST_LONG = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger LARGEST_INTEGER = BigInteger.valueOf(Integer.MAX_VALUE);

    @SuppressWarnings("unchecked")
    static <V> ModelCodec<V> of(Class<V> type) {
        if (type == String.class) {
            return (ModelCodec<V>)
                    new ModelCodec<>(KvCodec.text(Function.identity(), Function.identity()), LARGEST_LONG);
        }
        if (type == Long.class) {
            return (ModelCodec<V>) new ModelCodec<>(number(Long::valueOf), LARGEST_LONG);
        }
        if (type == Integer.class) {
            return (ModelCodec<V>) new ModelCodec<>(number(Integer::valueOf), LARGEST_INTEGER);
        }
        if (type == byte[].class) {
            return (ModelCodec<V>)
                    new ModelCodec<>(KvCodec.<byte[]>bytes(Function.identity(), Function.identity()), null);
        }
        throw new UnsupportedOperationException(type.getName());
    }

    /** JSON by Jackson as it is. */
    static <V> ModelCodec<V> json(ParameterizedTypeReference<V> type) {
        JavaType resolved = JSON.constructType(type.getType());
        return new ModelCodec<>(
                KvCodec.text(JSON::writeValueAsString, text -> {
                    try {
                        return JSON.readValue(text, resolved);
                    } catch (JacksonException refused) {
                        throw new IllegalArgumentException(refused);
                    }
                }),
                null);
    }

    private static <V> KvCodec<V> number(Function<String, V> parse) {
        return KvCodec.text(Object::toString, text -> {
            V number = parse.apply(text);
            return text.equals(number.toString()) ? number : null;
        });
    }

    Content encode(V value) {
        if (value == null) {
            throw new IllegalArgumentException("value");
        }
        try {
            return codec instanceof KvCodec.Text<V> text
                    ? Content.text(text.encode().apply(value))
                    : Content.bytes(((KvCodec.Bytes<V>) codec).encode().apply(value));
        } catch (IllegalStateException refused) {
            throw new IllegalArgumentException(refused);
        }
    }

    V decode(Content content) {
        if (content.isBytes() != codec instanceof KvCodec.Bytes<V>) {
            throw new KvTypeException("of another type");
        }
        V decoded;
        try {
            decoded = codec instanceof KvCodec.Text<V> text
                    ? text.decode().apply(content.text())
                    : ((KvCodec.Bytes<V>) codec).decode().apply(content.bytes());
        } catch (IllegalArgumentException | IllegalStateException refused) {
            throw new KvTypeException("refused", refused);
        }
        if (decoded == null) {
            throw new KvTypeException("refused");
        }
        return decoded;
    }

    boolean hasCounters() {
        return greatestSum != null;
    }

    /** Whether a number is at most the largest, and at least the smallest, which is one further from zero. */
    boolean isInRange(BigInteger sum) {
        return (sum.signum() < 0 ? sum.not() : sum).compareTo(greatestSum) <= 0;
    }
}
