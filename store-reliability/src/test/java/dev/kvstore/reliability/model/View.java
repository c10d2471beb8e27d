package dev.kvstore.reliability.model;

import dev.kvstore.Durability;
import dev.kvstore.KvCodec;
import dev.kvstore.KvGroup;
import dev.kvstore.KvStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.springframework.core.ParameterizedTypeReference;

/** A type of the values of a group, and how a text becomes one. */
enum View {
    TEXT(KvStore::group, text -> text),
    TEXT_NOT_SYNCED((kv, name) -> kv.group(name).durability(Durability.NORMAL), text -> text),
    BYTES((kv, name) -> kv.group(name, byte[].class), text -> text.getBytes(StandardCharsets.UTF_8)),
    LONG((kv, name) -> kv.group(name, Long.class), View::number),
    INTEGER((kv, name) -> kv.group(name, Integer.class), text -> (int) number(text)),
    JSON(View::lists, text -> List.of(text, "last")),
    QUOTED((kv, name) -> kv.group(name, KvCodec.text(View::quoted, View::unquoted)), text -> text);

    /** A group as values of a type. */
    record Group(View view, String name) {

        // The caller uses it only with values of the view.
        @SuppressWarnings("unchecked")
        KvGroup<Object> in(KvStore kv) {
            return (KvGroup<Object>) view.group.apply(kv, name);
        }

        @Override
        public String toString() {
            return Printing.print(name) + " as " + view;
        }
    }

    /** An entry of a group. */
    record Entry(Group group, String key) {

        @Override
        public String toString() {
            return group + ", " + Printing.print(key);
        }
    }

    // The functions are lambdas without state.
    @SuppressWarnings("ImmutableEnumChecker")
    private final BiFunction<KvStore, String, KvGroup<?>> group;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Function<String, Object> value;

    View(BiFunction<KvStore, String, KvGroup<?>> group, Function<String, Object> value) {
        this.group = group;
        this.value = value;
    }

    /** Returns the value that a text stands for; null for null. */
    Object value(String text) {
        return text == null ? null : value.apply(text);
    }

    private static KvGroup<List<String>> lists(KvStore kv, String name) {
        return kv.group(name, new ParameterizedTypeReference<>() {});
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException other) {
            return text.hashCode();
        }
    }

    private static String quoted(String text) {
        if (text.isEmpty()) {
            throw new IllegalStateException("not encodable");
        }
        return "'" + text + "'";
    }

    private static String unquoted(String text) {
        if (text.length() < 3 || !text.startsWith("'") || !text.endsWith("'")) {
            throw new IllegalStateException("not decodable");
        }
        return text.substring(1, text.length() - 1);
    }
}
