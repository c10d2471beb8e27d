package dev.kvstore.session;

import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvRange;
import dev.kvstore.KvStore;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is in a store, seen from outside of the repository. */
final class Stored {

    private Stored() {}

    /** The versions of all entries, of all groups: they change with every write. */
    static Map<String, Long> versions(KvStore store) {
        Map<String, Long> versions = new TreeMap<>();
        for (String group : groups(store)) {
            if (group.endsWith(":sessions")) {
                add(versions, store.group(group, byte[].class));
            } else {
                add(versions, store.group(group));
            }
        }
        return versions;
    }

    private static <V> void add(Map<String, Long> versions, KvGroup<V> group) {
        group.entries(KvRange.all())
                .forEach((KvEntry<V> entry) -> versions.put(group.name() + "/" + entry.key(), entry.version()));
    }

    static List<String> groups(KvStore store) {
        return store.groups("").toList();
    }
}
