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

/** Records the results of writes, each with its own key and with a secret in its value. Thread-safe. */
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

    /** Writes an entry and records the result. Returns whether it was acknowledged. */
    boolean set(KvStore kv, String key) {
        return note(kv::set, key);
    }

    /** Writes an entry in another way, and records the result. */
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

    /** Records an acknowledgement of another process. */
    void acknowledge(String key) {
        acknowledged.add(key);
    }

    int acknowledgements() {
        return acknowledged.size();
    }

    /** The total length of the acknowledged values. */
    long bytes() {
        return (long) acknowledged.size() * valueLength;
    }

    List<Throwable> failures() {
        return new ArrayList<>(failures.values());
    }

    /** The figures of a successful comparison. */
    String tally() {
        return "%,d writes acknowledged, %,d refused: none lost".formatted(acknowledged.size(), failures.size());
    }

    /** Requires every acknowledged entry, complete. Entries of failed writes may exist too. */
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

    /** Requires in addition that no entry of a failed write exists. */
    void requireFailuresWithoutEffect(KvStore kv) {
        requireNothingLost(kv);
        Set<String> found = new HashSet<>(kv.getAll(GROUP).keySet());
        found.retainAll(failures.keySet());
        assertThat(found).as("failed, but in the store").isEmpty();
    }

    private String value(String key) {
        String part = Secrets.VALUE + key + ".";
        return part.repeat(valueLength / part.length() + 1);
    }
}
