package dev.kvstore.jdbc;

import dev.kvstore.KvCodec;
import dev.kvstore.KvTypeException;
import dev.kvstore.engine.ArrayMap;
import dev.kvstore.engine.Names;
import dev.kvstore.engine.Value;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The values of a group's type as what an entry holds. No message, and no cause of an exception, contains a value.
 *
 * @param type what the group was asked for: the type of the values, wrapped if primitive, or {@link KvCodec}
 */
record TypedValues<V>(Type type, KvCodec<V> codec) {

    /** Text as it is. */
    static final TypedValues<String> TEXT =
            new TypedValues<>(String.class, KvCodec.text(Function.identity(), Function.identity()));

    /**
     * Values that a codec of the caller's encodes.
     *
     * @throws IllegalArgumentException if the codec is null
     */
    static <V> TypedValues<V> of(@Nullable KvCodec<V> codec) {
        if (codec == null) {
            throw new IllegalArgumentException("codec must not be null");
        }
        return new TypedValues<>(KvCodec.class, codec);
    }

    /**
     * Encodes a value. Text may be invalid Unicode, which the check of lengths finds.
     *
     * @throws IllegalArgumentException if the value is null or the codec cannot encode it
     */
    Value encode(@Nullable V value) {
        if (value == null) {
            throw new IllegalArgumentException("value must not be null");
        }
        if (codec instanceof KvCodec.Text<V> text) {
            return new Value.Text(encoded(text.encode(), value));
        }
        return new Value.Bytes(encoded(((KvCodec.Bytes<V>) codec).encode(), value));
    }

    private <T> T encoded(Function<? super V, T> encode, V value) {
        T encoded;
        try {
            encoded = encode.apply(value);
        } catch (Exception failed) {
            throw new IllegalArgumentException(
                    "value cannot be encoded as " + type.getTypeName(), new WithoutMessage(failed));
        }
        if (encoded == null) {
            throw new IllegalArgumentException("value cannot be encoded: the codec returned null");
        }
        return encoded;
    }

    /**
     * Decodes what an entry holds.
     *
     * @throws KvTypeException if it is no value of the type
     */
    V decode(Value stored, String group, String key) {
        if (codec instanceof KvCodec.Text<V> codecOfText) {
            if (stored instanceof Value.Text text) {
                return decoded(codecOfText.decode(), text.text(), group, key);
            }
            throw new KvTypeException(subject(group, key) + " is bytes and not text; read it by a group of byte[]");
        }
        if (stored instanceof Value.Bytes bytes) {
            // The codec may keep the array, which the near cache may hold too.
            return decoded(((KvCodec.Bytes<V>) codec).decode(), bytes.bytes().clone(), group, key);
        }
        throw new KvTypeException(subject(group, key) + " is text and not bytes; read it by a group of text");
    }

    private <T> V decoded(Function<T, ? extends V> decode, T stored, String group, String key) {
        V decoded;
        try {
            decoded = decode.apply(stored);
        } catch (Exception failed) {
            throw new KvTypeException(undecodable(group, key), new WithoutMessage(failed));
        }
        if (decoded == null) {
            throw new KvTypeException(undecodable(group, key) + ": the codec returned null");
        }
        return decoded;
    }

    private String undecodable(String group, String key) {
        return subject(group, key) + " cannot be decoded as " + type.getTypeName();
    }

    private static String subject(String group, String key) {
        return "The value of '" + Names.printable(group) + "/" + Names.printable(key) + "'";
    }

    /** Decodes the values of a group; the result is unmodifiable, in the same order. */
    Map<String, V> decodeAll(Map<String, Value> stored, String group) {
        ArrayMap.Builder<V> entries = new ArrayMap.Builder<>(stored.size());
        stored.forEach((key, value) -> entries.add(key, decode(value, group, key)));
        return Collections.unmodifiableMap(entries.build());
    }
}
