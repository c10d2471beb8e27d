package dev.kvstore.jdbc;

import dev.kvstore.KvCodec;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;

/** The codec of each type: text or bytes of their own for a few, JSON for all others. */
final class Codecs {

    private static final String JACKSON = "tools.jackson.databind.json.JsonMapper";

    /** As text that every tool can read and, for numbers, that counters can increment. */
    private static final Map<Class<?>, KvCodec<?>> SIMPLE = Map.of(
            String.class, TypedValues.TEXT.codec(),
            byte[].class, KvCodec.<byte[]>bytes(byte[]::clone, Function.identity()),
            Integer.class, exact(Integer::valueOf),
            Long.class, exact(Long::valueOf),
            Boolean.class, exact(Boolean::valueOf),
            Instant.class, KvCodec.text(Instant::toString, Instant::parse),
            UUID.class, exact(UUID::fromString));

    private final Supplier<JsonFormat> json;

    /** Creates codecs whose JSON has a format, which is asked for when the first type needs it. */
    Codecs(Supplier<JsonFormat> json) {
        this.json = SingletonSupplier.of(json);
    }

    /**
     * Returns codecs whose JSON is that of a mapper.
     *
     * @param jsonMapper a {@code JsonMapper} of Jackson 3; null for the store's own
     */
    static Codecs with(@Nullable Object jsonMapper) {
        return jsonMapper == null ? own() : new Codecs(() -> JacksonFormat.of(jsonMapper));
    }

    /** Returns codecs whose JSON has the store's own format. */
    static Codecs own() {
        return new Codecs(JacksonFormat::own);
    }

    /** Accepts only what {@code toString} returns: neither {@code +1}, nor {@code 01}, nor digits of other scripts. */
    private static <V> KvCodec<V> exact(Function<String, V> parse) {
        return KvCodec.text(Object::toString, text -> {
            V value = parse.apply(text);
            if (!value.toString().equals(text)) {
                throw new IllegalArgumentException();
            }
            return value;
        });
    }

    /**
     * Returns how values of a class are stored.
     *
     * @param type a primitive class stands for its wrapper
     * @throws IllegalArgumentException if there are no values of the type
     * @throws IllegalStateException if the type needs JSON and Jackson is missing
     */
    <V> TypedValues<V> of(@Nullable Class<V> type) {
        if (type == null) {
            throw new IllegalArgumentException("type must not be null");
        }
        return ofType(type);
    }

    /**
     * Returns how values of a generic type are stored.
     *
     * @throws IllegalArgumentException if the type is not known, because it contains a type variable
     * @throws IllegalStateException if the type needs JSON and Jackson is missing
     */
    <V> TypedValues<V> of(@Nullable ParameterizedTypeReference<V> type) {
        if (type == null) {
            throw new IllegalArgumentException("type must not be null");
        }
        return ofType(type.getType());
    }

    private <V> TypedValues<V> ofType(Type type) {
        if (hasVariable(type)) {
            throw new IllegalArgumentException(
                    "type must be known here, and '" + type.getTypeName() + "' contains a type variable");
        }
        if (!(type instanceof Class<?> asked)) {
            return new TypedValues<>(type, ofJson(type));
        }
        Class<?> known = ClassUtils.resolvePrimitiveIfNecessary(asked);
        if (known == Void.class || known == void.class) {
            throw new IllegalArgumentException("type must have values, and '" + type.getTypeName() + "' has none");
        }
        return new TypedValues<>(known, ofClass(known));
    }

    @SuppressWarnings("unchecked") // The map and the enum have the codec of this class.
    private <V> KvCodec<V> ofClass(Class<?> type) {
        KvCodec<?> simple = SIMPLE.get(type);
        if (simple != null) {
            return (KvCodec<V>) simple;
        }
        if (Enum.class.isAssignableFrom(type) && type != Enum.class) {
            return (KvCodec<V>) ofEnum(type);
        }
        return ofJson(type);
    }

    private <V> KvCodec<V> ofJson(Type type) {
        if (!ClassUtils.isPresent(JACKSON, Codecs.class.getClassLoader())) {
            throw new IllegalStateException("Values of " + type.getTypeName() + " are stored as JSON, and Jackson 3 is"
                    + " missing: add the dependency tools.jackson.core:jackson-databind, or use a KvCodec");
        }
        return json.get().codec(type);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Only the caller knows that the class is an enum.
    private static KvCodec<?> ofEnum(Class<?> type) {
        // A constant with a body has a class of its own.
        Class declaring = type.isEnum() ? type : type.getSuperclass();
        return KvCodec.<Enum>text(Enum::name, name -> (Enum) type.cast(Enum.valueOf(declaring, name)));
    }

    private static boolean hasVariable(@Nullable Type type) {
        if (type instanceof ParameterizedType generic) {
            return hasVariable(generic.getOwnerType())
                    || Stream.of(generic.getActualTypeArguments()).anyMatch(Codecs::hasVariable);
        }
        if (type instanceof WildcardType wildcard) {
            return Stream.of(wildcard.getUpperBounds(), wildcard.getLowerBounds())
                    .flatMap(Stream::of)
                    .anyMatch(Codecs::hasVariable);
        }
        if (type instanceof GenericArrayType array) {
            return hasVariable(array.getGenericComponentType());
        }
        return type instanceof TypeVariable<?>;
    }
}
