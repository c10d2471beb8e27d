package dev.kvstore.cache;

import dev.kvstore.KvGroup;
import dev.kvstore.KvStore;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/** Values of one type as JSON, by the mapper of the store. */
record JsonFormat(String cache, Class<?> type, KvGroup<Cached<Object>> group) implements ValueFormat<Cached<Object>> {

    static JsonFormat of(String cache, Class<?> type, KvStore store, String group) {
        ResolvableType cached =
                ResolvableType.forClassWithGenerics(Cached.class, ClassUtils.resolvePrimitiveIfNecessary(type));
        return new JsonFormat(cache, type, store.group(group, ParameterizedTypeReference.forType(cached.getType())));
    }

    @Override
    public Cached<Object> store(@Nullable Object value) {
        if (value != null && !ClassUtils.isAssignableValue(type, value)) {
            throw new IllegalArgumentException("The cache '" + cache + "' has values of the type '" + type.getName()
                    + "', but this one is of the type '" + value.getClass().getName() + "'");
        }
        return new Cached<>(value);
    }

    @Override
    public @Nullable Object read(Cached<Object> stored) {
        return stored.value();
    }
}
