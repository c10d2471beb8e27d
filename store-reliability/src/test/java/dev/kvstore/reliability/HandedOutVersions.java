package dev.kvstore.reliability;

import dev.kvstore.KvGroup;
import dev.kvstore.KvRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All versions that a store has handed out, and the check that it hands out none twice, and that those of an entry
 * grow, also if the write was lost.
 */
final class HandedOutVersions {

    private final Map<Long, String> entries = new HashMap<>();
    private final Map<String, Long> latest = new HashMap<>();
    private final List<String> faults = new ArrayList<>();

    /** A write has given a version to an entry. */
    void given(String entry, long version) {
        String other = entries.put(version, entry.intern());
        if (other != null) {
            faults.add("%s got version %d, which %s had before".formatted(entry, version, other));
        }
        long before = latest.merge(entry.intern(), version, Math::max);
        if (before > version) {
            faults.add("%s got version %d after version %d".formatted(entry, version, before));
        }
    }

    /** The file has these entries; the versions of those that a killed process has written last may be new. */
    void found(KvGroup<?> group) {
        group.entries(KvRange.all()).forEach(entry -> found(group.name() + "/" + entry.key(), entry.version()));
    }

    private void found(String entry, long version) {
        String other = entries.putIfAbsent(version, entry.intern());
        if (other != null && !other.equals(entry)) {
            faults.add("%s has version %d, which %s had before".formatted(entry, version, other));
        }
        latest.merge(entry.intern(), version, Math::max);
    }

    /** What was wrong since the last call. */
    List<String> faults() {
        List<String> all = List.copyOf(faults);
        faults.clear();
        return all;
    }
}
