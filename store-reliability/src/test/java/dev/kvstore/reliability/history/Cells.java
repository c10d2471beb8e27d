package dev.kvstore.reliability.history;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The entries of a group as the calls so far left them. */
record Cells(Map<String, Cell> byKey) {

    static final Cells NONE = new Cells(Map.of());

    Optional<Cells> after(Step step) {
        Cell before = byKey.getOrDefault(step.key(), Cell.ABSENT);
        return step.on(before).map(after -> with(step.key(), after));
    }

    private Cells with(String key, Cell cell) {
        Map<String, Cell> changed = new TreeMap<>(byKey);
        changed.put(key, cell);
        return new Cells(changed);
    }
}
