package dev.kvstore.reliability.model;

import dev.kvstore.KvEntry;
import dev.kvstore.KvPage;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Results of calls in a form that can be compared: lists for maps, whose order counts, and {@link Version}s. */
final class Results {

    private Results() {}

    static Object plain(String group, Object result) {
        if (result instanceof byte[] bytes) {
            return "bytes " + HexFormat.of().formatHex(bytes);
        }
        if (result instanceof Optional<?> optional) {
            return optional.map(value -> plain(group, value));
        }
        if (result instanceof KvEntry<?> entry) {
            return List.of(
                    entry.key(),
                    plain(group, entry.value()),
                    new Version(group, entry.key(), entry.version()),
                    entry.expiresAt());
        }
        if (result instanceof KvPage<?> page) {
            return List.of(plain(group, page.entries()), page.next().isPresent());
        }
        if (result instanceof Map<?, ?> map) {
            return plain(group, map.entrySet());
        }
        if (result instanceof Map.Entry<?, ?> entry) {
            return List.of(entry.getKey(), plain(group, entry.getValue()));
        }
        if (result instanceof Collection<?> several) {
            return plain(group, several.stream());
        }
        if (result instanceof Stream<?> several) {
            return several.map(value -> plain(group, value)).toList();
        }
        return result;
    }

    static Object version(View.Entry of, OptionalLong version) {
        return version.isEmpty()
                ? Optional.empty()
                : Optional.of(new Version(of.group().name(), of.key(), version.getAsLong()));
    }

    /** Whether a result of the store is that of the model. */
    static boolean match(Object store, Object model, VersionPairs pairs) {
        if (store instanceof Version ofStore && model instanceof Version ofModel) {
            return pairs.accept(ofStore, ofModel);
        }
        if (store instanceof List<?> some && model instanceof List<?> others) {
            boolean match = some.size() == others.size();
            for (int i = 0; match && i < some.size(); i++) {
                match = match(some.get(i), others.get(i), pairs);
            }
            return match;
        }
        if (store instanceof Optional<?> some && model instanceof Optional<?> other) {
            return some.isPresent() == other.isPresent() && (some.isEmpty() || match(some.get(), other.get(), pairs));
        }
        return store == null ? model == null : store.equals(model);
    }
}
