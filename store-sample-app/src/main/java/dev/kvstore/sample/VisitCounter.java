package dev.kvstore.sample;

import dev.kvstore.KvStore;
import org.springframework.stereotype.Component;

/** Counts visits; exact however many threads and processes count. */
@Component
class VisitCounter {

    private final KvStore kv;

    VisitCounter(KvStore kv) {
        this.kv = kv;
    }

    long next() {
        long views = kv.group("sample").increment("visits", 1);
        return views;
    }

    long current() {
        return kv.get("sample", "visits").map(Long::parseLong).orElse(0L);
    }
}
