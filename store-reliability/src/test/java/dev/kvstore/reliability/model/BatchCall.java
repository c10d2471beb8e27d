package dev.kvstore.reliability.model;

import dev.kvstore.Expiry;
import dev.kvstore.KvBatch;
import dev.kvstore.KvGroup;
import dev.kvstore.KvStore;
import dev.kvstore.reliability.model.SeenVersions.Expected;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A batch: it is filled, committed, and committed once more, which is refused; then its entries are read. */
record BatchCall(int store, List<Step> steps) implements StoreCall {

    enum Kind {
        CHECK,
        SET,
        SET_WITH_EXPIRY,
        DELETE,
        INCREMENT
    }

    /** An operation of the batch. */
    record Step(Kind kind, View.Entry entry, Expected expected, String text, Expiry expiry, long delta) {

        private View.Group group() {
            return entry.group();
        }

        private Object addTo(KvBatch batch, KvStore kv, SeenVersions seen) {
            KvGroup<Object> group = group().in(kv);
            Object value = group().view().value(text);
            String key = entry.key();
            switch (kind) {
                case CHECK -> batch.check(group, key, seen.version(expected, group().name(), key));
                case SET -> batch.set(group, key, value);
                case SET_WITH_EXPIRY -> batch.set(group, key, value, expiry);
                case DELETE -> batch.delete(group, key);
                case INCREMENT -> batch.increment(kv.group(group().name(), Long.class), key, delta);
            }
            return "added";
        }

        @Override
        public String toString() {
            return switch (kind) {
                case CHECK -> kind + " " + entry + " " + expected;
                case SET -> kind + " " + entry + " " + Printing.print(text);
                case SET_WITH_EXPIRY -> kind + " " + entry + " " + Printing.print(text) + " " + expiry;
                case DELETE -> kind + " " + entry;
                case INCREMENT -> kind + " " + entry + " " + delta;
            };
        }
    }

    @Override
    public View.Group group() {
        return steps.get(0).group();
    }

    @Override
    public Object on(KvStore kv, SeenVersions seen) {
        KvBatch batch = kv.batch();
        List<Object> results = new ArrayList<>();
        steps.forEach(step -> results.add(resultOf(() -> step.addTo(batch, kv, seen))));
        results.add(resultOf(batch::commit));
        results.add(resultOf(batch::commit));
        steps.forEach(step -> results.add(resultOf(() -> Results.plain(
                step.group().name(), step.group().in(kv).entry(step.entry().key())))));
        return results;
    }

    private static Object resultOf(Supplier<Object> call) {
        ModelOutcome outcome = ModelOutcome.of(call);
        return outcome.isRefused() ? outcome.refusal() : outcome.value();
    }

    @Override
    public String toString() {
        return "BATCH in store " + store + ": " + steps;
    }
}
