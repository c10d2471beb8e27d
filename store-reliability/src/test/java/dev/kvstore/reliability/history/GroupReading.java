package dev.kvstore.reliability.history;

import dev.kvstore.KvStore;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongPredicate;

/** A way to read the known group. */
enum GroupReading {
    GET_ALL {
        @Override
        LongPredicate at(KvStore kv) {
            Map<String, String> group = kv.getAll(KnownGroup.NAME);
            return step -> KnownGroup.isAt(step, group);
        }
    },
    RENDER {
        @Override
        LongPredicate at(KvStore kv) {
            Map<String, String> group = rendered(kv);
            return step -> KnownGroup.isAt(step, group);
        }
    },
    COUNT {
        @Override
        LongPredicate at(KvStore kv) {
            long count = kv.count(KnownGroup.NAME);
            return step -> KnownGroup.sizeAt(step) == count;
        }
    },
    GET {
        @Override
        LongPredicate at(KvStore kv) {
            int position = ThreadLocalRandom.current().nextInt(KnownGroup.KEYS);
            Optional<String> value = kv.get(KnownGroup.NAME, KnownGroup.key(position));
            return step -> KnownGroup.isAt(step, position, value);
        }
    };

    private static final String TEMPLATE = "[# th:each=\"e : ${#all}\"][(${e.key})]=[(${e.value})];[/]";

    /** Reads the group. Returns a predicate that tells whether a step left what was read. */
    abstract LongPredicate at(KvStore kv);

    private static Map<String, String> rendered(KvStore kv) {
        return entries(kv.render(TEMPLATE, KnownGroup.NAME));
    }

    static Map<String, String> entries(String rendered) {
        Map<String, String> entries = new LinkedHashMap<>();
        Arrays.stream(rendered.split(";"))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> entry.split("=", 2))
                .forEach(entry -> entries.put(entry[0], entry[1]));
        return entries;
    }
}
