package dev.kvstore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.engine.StoredEntry;
import dev.kvstore.engine.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** Neither hostile keys nor many entries make an operation of the cache slow. */
class NearCacheWorkTest {

    /** Work on a filled cache. {@link CountedCalls} loads a copy of this class, and counts its calls. */
    public static final class Filled implements LongSupplier {

        private static final StoredEntry ROW = new StoredEntry(new Value.Text("value"), 1_000, 1);

        private final NearCache cache = new NearCache(DataSize.ofMegabytes(64));
        private final List<String> keys;
        private final String work;

        public Filled(List<String> keys, String work) {
            this.keys = keys;
            this.work = work;
            getAll();
        }

        private void getAll() {
            keys.forEach(key -> cache.get("group", key, 0, () -> ROW));
        }

        /** Returns the number of calls. */
        @Override
        public long getAsLong() {
            return CountedCalls.of(
                    switch (work) {
                        case "get all" -> this::getAll;
                        case "delete the group" -> () -> cache.changeGroup("group", () -> true);
                        case "purge" -> () -> cache.purge(1_000, () -> true);
                        default -> throw new IllegalArgumentException(work);
                    });
        }
    }

    private static long calls(String work, List<String> keys) {
        try {
            return Class.forName(Filled.class.getName(), true, new CountedCalls())
                    .asSubclass(LongSupplier.class)
                    .getConstructor(List.class, String.class)
                    .newInstance(keys, work)
                    .getAsLong();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> keys(int number) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            keys.add("key " + i);
        }
        return keys;
    }

    /** {@code Aa} and {@code BB} have the same hash code, and so have all strings made of the same number of them. */
    private static List<String> keysWithEqualHashCodes(int exponent) {
        List<String> keys = List.of("");
        for (int i = 0; i < exponent; i++) {
            keys = keys.stream()
                    .flatMap(key -> List.of(key + "Aa", key + "BB").stream())
                    .toList();
        }
        assertThat(keys).extracting(String::hashCode).containsOnly(keys.get(0).hashCode());
        return keys;
    }

    @Test
    void keysWithEqualHashCodesAreFoundInATree() {
        List<String> keys = keysWithEqualHashCodes(14);

        long ordinary = calls("get all", keys(keys.size()));
        long chosen = calls("get all", keys);

        // A lookup in a tree of 16,384 entries takes up to 28 comparisons of two or three calls each, in a list
        // thousands.
        assertThat(chosen).isBetween(ordinary, ordinary + 100L * keys.size());
    }

    @Test
    void deletingAGroupVisitsNoEntry() {
        assertThat(calls("delete the group", keys(10_000))).isEqualTo(calls("delete the group", keys(1)));
    }

    @Test
    void aPurgeVisitsNoEntry() {
        assertThat(calls("purge", keys(10_000))).isEqualTo(calls("purge", keys(1)));
    }
}
