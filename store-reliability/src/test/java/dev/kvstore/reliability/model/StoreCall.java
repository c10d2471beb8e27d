package dev.kvstore.reliability.model;

import dev.kvstore.KvRange;
import dev.kvstore.KvStore;

/** A call of a method, the same for a store and for the model. */
sealed interface StoreCall extends ModelOperation
        permits TextCall, EntryCall, VersionCall, IncrementCall, RangeCall, KeysCall, MapCall, BatchCall, LeaseCall {

    /** Calls the method, and returns its result as lists, texts, numbers and {@link Version}s. */
    Object on(KvStore kv, SeenVersions seen);

    /** The group that a refused call must not have changed. */
    View.Group group();

    default ModelOutcome outcome(KvStore kv, SeenVersions seen) {
        return ModelOutcome.of(() -> on(kv, seen));
    }

    /** A read of the whole group, with versions and expiries. */
    default StoreCall look() {
        return new RangeCall(RangeCall.Kind.ENTRIES, store(), group(), KvRange.all());
    }
}
