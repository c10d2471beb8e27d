package dev.kvstore.sample;

import dev.kvstore.KvGroup;
import dev.kvstore.KvStore;
import org.springframework.stereotype.Component;

/** Counts visits; exact however many threads and processes count. */
@Component
class VisitCounter {

    private static final String KEY = "visits";

    private final KvGroup<String> counters;

    VisitCounter(KvStore kv) {
        this.counters = kv.group("sample");
    }

    long next() {
        return counters.increment(KEY, 1);
    }

    long current() {
        return counters.get(KEY).map(Long::parseLong).orElse(0L);
    }
}
