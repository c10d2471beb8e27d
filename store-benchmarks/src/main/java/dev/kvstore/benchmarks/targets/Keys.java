package dev.kvstore.benchmarks.targets;

import java.util.Random;

/** The keys of the entries in a store: their number, and the size of a group. */
record Keys(int rows, int perGroup) {

    /** Keys in ten groups. */
    static Keys of(int rows) {
        return new Keys(rows, Math.max(1, rows / 10));
    }

    String group(int row) {
        return "group-" + row / perGroup;
    }

    String key(int row) {
        return "key-%08d".formatted(row % perGroup);
    }

    /** Entries in an order without pattern, generated before the measurement. */
    Sample sample(int size, int seed) {
        return sample(size, seed, 0);
    }

    /** The same, of the entries from the given row on. */
    Sample sample(int size, int seed, int from) {
        Random random = new Random(seed);
        String[] groups = new String[size];
        String[] keys = new String[size];
        for (int i = 0; i < size; i++) {
            int row = from + random.nextInt(rows - from);
            groups[i] = group(row);
            keys[i] = key(row);
        }
        return new Sample(groups, keys);
    }
}
