package dev.kvstore.sample;

import dev.kvstore.KvStore;
import org.springframework.stereotype.Component;

/**
 * Counts visits under a lock of this process. Not an example to copy: between the get and the set, a second process on
 * the same file could count too, and one visit would be lost. The store has no atomic increment yet.
 */
@Component
class VisitCounter {

    private final KvStore kv;

    VisitCounter(KvStore kv) {
        this.kv = kv;
    }

    synchronized long next() {
        long visits = kv.get("sample", "visits").map(Long::parseLong).orElse(0L) + 1;
        kv.set("sample", "visits", Long.toString(visits));
        return visits;
    }

    long current() {
        return kv.get("sample", "visits").map(Long::parseLong).orElse(0L);
    }
}
