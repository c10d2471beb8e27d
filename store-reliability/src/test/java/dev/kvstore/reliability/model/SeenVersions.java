package dev.kvstore.reliability.model;

import dev.kvstore.KvLease;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The versions and leases that the caller of a store, or of the model, has seen. Both callers see theirs in the same
 * order, so that a version that is expected of the store is the one that is expected of the model.
 */
final class SeenVersions {

    private final Map<List<String>, List<Long>> ofEntries = new HashMap<>();
    private final Map<List<Object>, KvLease> leases = new HashMap<>();
    private long last;

    /** A version to expect. */
    enum Expected {
        ABSENT,
        NEGATIVE,
        LAST_SEEN,
        SEEN_BEFORE,
        OF_ANY_ENTRY
    }

    void add(Version version) {
        List<Long> seen = ofEntry(version.group(), version.key());
        seen.add(version.number());
        last = version.number();
    }

    void hold(int store, KvLease lease) {
        leases.put(List.of(store, lease.name()), lease);
    }

    /** The lease that was taken last from a store; empty after the store was closed. */
    Optional<KvLease> lease(int store, String name) {
        return Optional.ofNullable(leases.get(Arrays.asList(store, name)));
    }

    void forgetLeases(int store) {
        leases.keySet().removeIf(held -> held.get(0).equals(store));
    }

    long version(Expected expected, String group, String key) {
        List<Long> seen = ofEntry(group, key);
        return switch (expected) {
            case ABSENT -> 0;
            case NEGATIVE -> -1;
            case LAST_SEEN -> fromEnd(seen, 1);
            case SEEN_BEFORE -> fromEnd(seen, 2);
            case OF_ANY_ENTRY -> last;
        };
    }

    private static long fromEnd(List<Long> seen, int number) {
        return seen.size() < number ? 0 : seen.get(seen.size() - number);
    }

    private List<Long> ofEntry(String group, String key) {
        return ofEntries.computeIfAbsent(Arrays.asList(group, key), none -> new ArrayList<>());
    }
}
