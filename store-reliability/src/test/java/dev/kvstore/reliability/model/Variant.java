package dev.kvstore.reliability.model;

import dev.kvstore.Durability;
import dev.kvstore.KvStore;
import dev.kvstore.reliability.Unhurried;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.springframework.util.unit.DataSize;

/**
 * A way to open a store that must behave like the model.
 *
 * @param place the place of its entries
 * @param stores the number of stores on one file
 * @param share its percentage of the operations
 * @param wrapper wraps a store, for instance with a planted bug
 */
record Variant(String name, Place place, int stores, int share, Opening opening, UnaryOperator<KvStore> wrapper) {

    static final int MAX_KEY_BYTES = 3_000;
    static final int MAX_VALUE_BYTES = 100_000;

    static final Variant MEMORY = of("in memory", Place.MEMORY, 1, 20, (builder, file) -> builder.inMemory());
    static final Variant FILE = of(
            "file, normal",
            Place.FILE,
            1,
            30,
            (builder, file) -> builder.file(file).durability(Durability.NORMAL));
    static final Variant TWO_STORES = of(
            "two stores on one file",
            Place.FILE,
            2,
            29,
            (builder, file) -> builder.file(file).durability(Durability.NORMAL));

    /** All variants of a build; add each new way to open a store here. */
    static final List<Variant> ALL = List.of(
            MEMORY,
            FILE,
            TWO_STORES,
            of(
                    "file, with a near cache",
                    Place.EXCLUSIVE_FILE,
                    1,
                    20,
                    (builder, file) ->
                            builder.file(file).durability(Durability.NORMAL).nearCache(DataSize.ofMegabytes(1))),
            of(
                    "file, full",
                    Place.FILE,
                    1,
                    1,
                    (builder, file) -> builder.file(file).durability(Durability.FULL)));

    enum Place {
        MEMORY,
        /** A file that another program can write to at any time. */
        FILE,
        /** A file that another program can write to only while the store is closed. */
        EXCLUSIVE_FILE
    }

    @FunctionalInterface
    interface Opening {
        SqliteKvStore.Builder choose(SqliteKvStore.Builder builder, Path file);
    }

    private static Variant of(String name, Place place, int stores, int share, Opening opening) {
        return new Variant(name, place, stores, share, opening, kv -> kv);
    }

    Variant wrapped(String bug, UnaryOperator<KvStore> wrapper) {
        return new Variant(name + ", " + bug, place, stores, share, opening, wrapper);
    }

    /** Whether it has a file, and can be closed and reopened. */
    boolean isDurable() {
        return place != Place.MEMORY;
    }

    SqliteKvStore.Builder builder(Path file) {
        SqliteKvStore.Builder builder = SqliteKvStore.builder()
                .readers(1)
                .templates(Unhurried.TEMPLATES)
                .maxKeySize(DataSize.ofBytes(MAX_KEY_BYTES))
                .maxValueSize(DataSize.ofBytes(MAX_VALUE_BYTES));
        return opening.choose(builder, file);
    }
}
