package dev.kvstore.reliability.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The versions that the caller of a store, or of the model, has seen. Both callers see theirs in the same order, so
 * that a version that is expected of the store is the one that is expected of the model.
 */
final class SeenVersions {

    private final Map<List<String>, List<Long>> ofEntries = new HashMap<>();
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
