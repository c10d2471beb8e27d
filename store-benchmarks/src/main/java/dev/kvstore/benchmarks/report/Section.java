package dev.kvstore.benchmarks.report;

import dev.kvstore.benchmarks.contender.Storage;
import java.util.Locale;
import java.util.Set;

/**
 * Results that are comparable.
 *
 * @param method the benchmark method
 * @param entries the size of the group, 0 for operations on single entries
 * @param latency whether the result is a latency, so that less is better
 */
record Section(String method, int entries, Storage storage, boolean latency) {

    private static final Set<String> CHARTED = Set.of("get", "set", "mixed");
    private static final int CHARTED_ENTRIES = 10_000;

    String title() {
        String where = switch (storage) {
            case MEMORY -> "in memory";
            case NORMAL -> "file, not synced";
            case FULL -> "file, synced";
        };
        return words() + ", " + where;
    }

    private String words() {
        return switch (method) {
            case "setWithTtl" -> "set with a ttl";
            case "deleteAndSet" -> "delete and set again";
            case "mixed" -> "90 % get, 10 % set";
            case "getAmongSets" -> "get while 10 % are sets, 99th percentile";
            default -> entries == 0 ? method : "%s of %,d entries".formatted(method, entries);
        };
    }

    String unit() {
        return latency ? "µs" : "op/s";
    }

    /** Whether the section gets a chart, as the most important ones do. */
    boolean charted() {
        return CHARTED.contains(method) || (method.equals("getAll") && entries == CHARTED_ENTRIES);
    }

    String chartName() {
        return "performance-%s-%s.svg".formatted(method, storage).toLowerCase(Locale.ROOT);
    }
}
