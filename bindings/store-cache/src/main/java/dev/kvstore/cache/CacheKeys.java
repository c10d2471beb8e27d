package dev.kvstore.cache;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.interceptor.SimpleKey;
import org.springframework.util.ReflectionUtils;

/**
 * The text of a key of a cache. Keys that are not equal have different texts: each begins with its type, and the
 * elements of a compound key are escaped.
 */
final class CacheKeys {

    /** Types whose text says all that {@code equals} compares. */
    private static final Map<Class<?>, String> SIMPLE = Map.ofEntries(
            Map.entry(String.class, "s"),
            Map.entry(Integer.class, "i"),
            Map.entry(Long.class, "l"),
            Map.entry(Short.class, "short"),
            Map.entry(Byte.class, "byte"),
            Map.entry(Double.class, "double"),
            Map.entry(Float.class, "float"),
            Map.entry(BigInteger.class, "integer"),
            Map.entry(BigDecimal.class, "decimal"),
            Map.entry(Boolean.class, "b"),
            Map.entry(Character.class, "c"),
            Map.entry(UUID.class, "uuid"),
            Map.entry(Locale.class, "locale"),
            Map.entry(Instant.class, "instant"),
            Map.entry(Duration.class, "duration"),
            Map.entry(LocalDate.class, "date"),
            Map.entry(LocalTime.class, "time"),
            Map.entry(LocalDateTime.class, "datetime"),
            Map.entry(YearMonth.class, "month"));

    /** The class has no method that returns them, and its text does not tell "a, b" from "a" and "b". */
    private static final Field ELEMENTS_OF_SIMPLE_KEY = elementsOfSimpleKey();

    private CacheKeys() {}

    private static Field elementsOfSimpleKey() {
        Field field = ReflectionUtils.findField(SimpleKey.class, "params", Object[].class);
        if (field == null) {
            throw new IllegalStateException("This version of Spring has another SimpleKey: update store-cache.");
        }
        ReflectionUtils.makeAccessible(field);
        return field;
    }

    /**
     * Returns the text of a key.
     *
     * @throws IllegalArgumentException if the key, or an element of it, is of a type that has no such text
     */
    static String text(String cache, @Nullable Object key) {
        StringBuilder text = new StringBuilder();
        append(text, cache, key, false);
        return text.toString();
    }

    private static void append(StringBuilder text, String cache, @Nullable Object key, boolean nested) {
        if (key == null) {
            text.append("null");
        } else if (key instanceof Enum<?> constant) {
            leaf(text, constant.getDeclaringClass().getName(), constant.name(), nested);
        } else if (key instanceof SimpleKey) {
            elements(text, cache, "key", ReflectionUtils.getField(ELEMENTS_OF_SIMPLE_KEY, key));
        } else if (key.getClass().isArray()) {
            elements(text, cache, "array", key);
        } else if (key instanceof List<?> list) {
            elements(text, cache, "list", list.toArray());
        } else {
            String type = SIMPLE.get(key.getClass());
            if (type == null) {
                throw unsupported(cache, key);
            }
            leaf(text, type, key.toString(), nested);
        }
    }

    private static void leaf(StringBuilder text, String type, String value, boolean nested) {
        text.append(type).append(':');
        if (!nested) {
            text.append(value);
            return;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == ',' || c == ']' || c == '\\') {
                text.append('\\');
            }
            text.append(c);
        }
    }

    private static void elements(StringBuilder text, String cache, String type, @Nullable Object array) {
        text.append(type).append('[');
        int length = array == null ? 0 : Array.getLength(array);
        for (int i = 0; i < length; i++) {
            append(text, cache, Array.get(array, i), true);
            text.append(',');
        }
        text.append(']');
    }

    // Names the type only: the key may contain what must not be in a log.
    private static IllegalArgumentException unsupported(String cache, Object key) {
        return new IllegalArgumentException("A key of the cache '" + cache + "' contains a value of the type '"
                + key.getClass().getName() + "', whose text may be the same for keys that differ. Choose another key,"
                + " such as key = \"#book.isbn\": strings, numbers, enums, UUIDs, dates, arrays and lists of them are"
                + " supported.");
    }
}
