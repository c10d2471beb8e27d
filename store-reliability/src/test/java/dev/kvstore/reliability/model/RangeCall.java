package dev.kvstore.reliability.model;

import dev.kvstore.KvGroup;
import dev.kvstore.KvPage;
import dev.kvstore.KvRange;
import dev.kvstore.KvStore;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** A call of a method of a group that is about a range of keys, or all of them. */
record RangeCall(Kind kind, int store, View.Group group, KvRange range) implements StoreCall {

    enum Kind {
        GET_ALL((group, range) -> group.getAll()),
        COUNT((group, range) -> group.count()),
        COUNT_RANGE(KvGroup::count),
        PAGE(KvGroup::page),
        /** One page after the other. */
        ALL_PAGES(Kind::allPages),
        ENTRIES(KvGroup::entries),
        KEYS(KvGroup::keys),
        DELETE_RANGE((group, range) -> group.deleteAll(range)),
        CLEAR((group, range) -> group.clear());

        // The calls are lambdas without state.
        @SuppressWarnings("ImmutableEnumChecker")
        private final BiFunction<KvGroup<Object>, KvRange, Object> call;

        Kind(BiFunction<KvGroup<Object>, KvRange, Object> call) {
            this.call = call;
        }

        private static List<KvPage<Object>> allPages(KvGroup<Object> group, KvRange range) {
            return Stream.iterate(
                            group.page(range),
                            Objects::nonNull,
                            page -> page.next().map(group::page).orElse(null))
                    .toList();
        }
    }

    @Override
    public Object on(KvStore kv, SeenVersions seen) {
        return Results.plain(group.name(), kind.call.apply(group.in(kv), range));
    }

    @Override
    public String toString() {
        return Printing.operation(kind, store, group, range);
    }
}
