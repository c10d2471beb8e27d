package dev.kvstore.jdbc;

import dev.kvstore.KvCodec;
import dev.kvstore.KvTypeException;
import dev.kvstore.engine.Names;
import dev.kvstore.engine.Value;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The values of a group: runs the codec, and makes its failures errors that name the entry.
 *
 * @param type of the values, for messages and for what only some types can do
 */
record TypedValues<V>(Type type, KvCodec<V> codec) {

    /** Text as it is. */
    static final TypedValues<String> TEXT = new TypedValues<>(String.class, KvCodec.text(text -> text, text -> text));

    /**
     * Encodes a value.
     *
     * @throws IllegalArgumentException if it is null, or the codec cannot encode it
     */
    Value encode(@Nullable V value) {
        if (value == null) {
            throw new IllegalArgumentException("value must not be null");
        }
        return encodeByCodec(value);
    }

    // The message of a codec's exception may quote the value, so it is no cause.
    private Value encodeByCodec(V value) {
        Object encoded;
        try {
            encoded = codec instanceof KvCodec.Text<V> text
                    ? text.encode().apply(value)
                    : ((KvCodec.Bytes<V>) codec).encode().apply(value);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("The codec of " + type.getTypeName() + " cannot encode the value ("
                    + e.getClass().getName() + ")");
        }
        if (encoded == null) {
            throw new IllegalArgumentException("The codec of " + type.getTypeName() + " encoded the value as null");
        }
        return encoded instanceof String text ? new Value.Text(text) : new Value.Bytes((byte[]) encoded);
    }

    /**
     * Decodes a value.
     *
     * @throws KvTypeException if it is not of the type
     */
    V decode(Value value, String group, String key) {
        if (value instanceof Value.Text text && codec instanceof KvCodec.Text<V> ofText) {
            return decodeBy(ofText.decode(), text.text(), group, key);
        }
        if (value instanceof Value.Bytes bytes && codec instanceof KvCodec.Bytes<V> ofBytes) {
            // The codec may keep the array, which the near cache may hold too.
            return decodeBy(ofBytes.decode(), bytes.bytes().clone(), group, key);
        }
        boolean stored = value instanceof Value.Text;
        throw new KvTypeException("The value of " + name(group, key) + " is stored as " + (stored ? "text" : "bytes")
                + ", and a group of " + type.getTypeName() + " reads " + (stored ? "bytes" : "text")
                + "; read it through a group of another type");
    }

    private <S> V decodeBy(Function<S, ? extends V> decode, S stored, String group, String key) {
        V value;
        try {
            value = decode.apply(stored);
        } catch (RuntimeException e) {
            throw new KvTypeException("The value of " + name(group, key) + " is no " + type.getTypeName() + " ("
                    + e.getClass().getName() + ")");
        }
        if (value == null) {
            throw new KvTypeException(
                    "The codec of " + type.getTypeName() + " decoded the value of " + name(group, key) + " as null");
        }
        return value;
    }

    private static String name(String group, String key) {
        return "'" + Names.printable(group) + "/" + Names.printable(key) + "'";
    }

    /** Decodes values in place, since a second map would take a fifth of the time; the result is unmodifiable. */
    @SuppressWarnings("unchecked")
    Map<String, V> decodeAll(Map<String, Value> stored, String group) {
        Map<String, Object> entries = (Map<String, Object>) (Map<String, ?>) stored;
        entries.replaceAll((key, value) -> decode((Value) value, group, key));
        return Collections.unmodifiableMap((Map<String, V>) (Map<String, ?>) entries);
    }
}
