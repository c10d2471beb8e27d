package dev.kvstore.reliability.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvStore;
import dev.kvstore.secrets.Secrets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the callers were told about their writes, each of which has a key of its own, and a secret in its value.
 * Thread-safe.
 */
final class Ledger {

    static final String GROUP = "ledger";

    private final int valueLength;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Map<String, Throwable> failures = new ConcurrentHashMap<>();

    Ledger(int valueLength) {
        this.valueLength = valueLength;
    }

    /** A way to write an entry. */
    @FunctionalInterface
    interface Writing {
        void write(String group, String key, String value) throws Exception;
    }

    /** Writes an entry and notes what came of it. Returns whether it was acknowledged. */
    boolean set(KvStore kv, String key) {
        return note(kv::set, key);
    }

    /** Writes an entry in some other way, and notes what came of it. */
    boolean note(Writing writing, String key) {
        try {
            writing.write(GROUP, key, value(key));
        } catch (Throwable e) {
            failures.put(key, e);
            return false;
        }
        acknowledged.add(key);
        return true;
    }

    /** Notes what another process was told. */
    void acknowledge(String key) {
        acknowledged.add(key);
    }

    int acknowledgements() {
        return acknowledged.size();
    }

    /** How long the values are together that were acknowledged. */
    long bytes() {
        return (long) acknowledged.size() * valueLength;
    }

    List<Throwable> failures() {
        return new ArrayList<>(failures.values());
    }

    /** The figures of a comparison that held. */
    String tally() {
        return "%,d writes acknowledged, %,d refused: none lost".formatted(acknowledged.size(), failures.size());
    }

    /** Every acknowledged entry is there, whole. One whose write failed may be there too. */
    void requireNothingLost(KvStore kv) {
        Map<String, String> found = kv.getAll(GROUP);
        Set<String> lost = new HashSet<>(acknowledged);
        lost.removeIf(key -> value(key).equals(found.get(key)));
        assertThat(lost)
                .as("acknowledged and lost, of %d acknowledged", acknowledged.size())
                .isEmpty();
        found.forEach(
                (key, value) -> assertThat(value).as("the value of " + key).isEqualTo(value(key)));
    }

    /** Besides, no entry is there whose write failed. */
    void requireFailuresWithoutEffect(KvStore kv) {
        requireNothingLost(kv);
        Set<String> found = new HashSet<>(kv.getAll(GROUP).keySet());
        found.retainAll(failures.keySet());
        assertThat(found).as("failed, and there all the same").isEmpty();
    }

    private String value(String key) {
        String part = Secrets.VALUE + key + ".";
        return part.repeat(valueLength / part.length() + 1);
    }
}
