package dev.kvstore.contract;

import dev.kvstore.KvCodec;
import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Two values for the entry "key" of a group of its own: each size after each size, as text and as bytes.
 *
 * @param before the value that the entry has first
 * @param after another value
 */
record Replacement(KvGroup<Object> group, Object before, Object after) {

    private static final KvCodec<Object> TEXT = KvCodec.text(text -> (String) text, text -> text);
    private static final KvCodec<Object> BYTES = KvCodec.bytes(bytes -> ((ByteBuffer) bytes).array(), ByteBuffer::wrap);

    private static final String SMALL = KvStoreContract.VALUE + " small";

    private static List<Replacement> all(KvStore kv, String prefix) {
        List<Replacement> all = new ArrayList<>();
        for (String before : List.of(SMALL, Values.LARGE)) {
            for (String after : List.of("other " + SMALL, "other " + Values.LARGE)) {
                String name = (before.equals(SMALL) ? "small" : "large") + " then "
                        + (after.endsWith(SMALL) ? "small" : "large");
                all.add(new Replacement(kv.group(prefix + name + " text", TEXT), before, after));
                all.add(new Replacement(
                        kv.group(prefix + name + " bytes", BYTES), Values.bytes(before), Values.bytes(after)));
            }
        }
        return all;
    }

    /** Tests each size after each size, as text and as bytes. */
    static Stream<DynamicTest> each(KvStore kv, Consumer<Replacement> test) {
        return all(kv, "").stream()
                .map(values -> DynamicTest.dynamicTest(values.group().name(), () -> test.accept(values)));
    }

    /** Tests some ways of writing with each size after each size, as text and as bytes. */
    static Stream<DynamicTest> eachBy(KvStore kv, Stream<Writing> ways, Test test) {
        return ways.flatMap(way -> all(kv, way + ": ").stream()
                .map(values -> DynamicTest.dynamicTest(values.group().name(), () -> test.accept(way, values))));
    }

    /** Tests one way of writing with two values. */
    @FunctionalInterface
    interface Test {

        void accept(Writing way, Replacement values);
    }

    KvEntry<Object> entry() {
        return group.entry("key").orElseThrow();
    }

    long version() {
        return entry().version();
    }
}
