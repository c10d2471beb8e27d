package dev.kvstore.reliability.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Pairs the versions of a store with those of the model: one of each for each write of an entry. A pair is new when it
 * is seen first; the version of the store must then be new too, and larger than all that the entry had before.
 */
final class VersionPairs {

    private final Map<Long, Long> ofStore = new HashMap<>();
    private final Map<Long, Long> ofModel = new HashMap<>();
    private final Map<List<String>, Long> largest = new HashMap<>();
    private final SeenVersions inStore = new SeenVersions();
    private final SeenVersions inModel = new SeenVersions();

    SeenVersions inStore() {
        return inStore;
    }

    SeenVersions inModel() {
        return inModel;
    }

    /** Whether both can be versions of the same write. */
    boolean accept(Version store, Version model) {
        boolean foreign = model.number() == ModelEntries.FOREIGN_VERSION;
        if (!foreign && (ofStore.containsKey(model.number()) || ofModel.containsKey(store.number()))) {
            return ofStore.getOrDefault(model.number(), 0L) == store.number();
        }
        List<String> entry = List.of(model.group(), model.key());
        if (foreign
                ? store.number() != ModelEntries.FOREIGN_VERSION
                : store.number() <= largest.getOrDefault(entry, 1L)) {
            return false;
        }
        if (!foreign) {
            ofStore.put(model.number(), store.number());
            ofModel.put(store.number(), model.number());
            largest.put(entry, store.number());
        }
        inStore.add(store);
        inModel.add(model);
        return true;
    }
}
