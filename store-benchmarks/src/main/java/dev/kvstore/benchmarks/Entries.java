package dev.kvstore.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Ten thousand keys in ten groups, in an order without pattern, the same in every run. */
final class Entries {

    static final int COUNT = 10_000;
    static final int GROUPS = 10;

    private static final List<String> GROUP_NAMES =
            IntStream.range(0, GROUPS).mapToObj(i -> "group-" + i).toList();

    private final String[] keys = new String[COUNT];
    private final int[] order;

    Entries() {
        Arrays.setAll(keys, i -> key(i / GROUPS));
        List<Integer> shuffled =
                new ArrayList<>(IntStream.range(0, COUNT).boxed().toList());
        Collections.shuffle(shuffled, new Random(42));
        this.order = shuffled.stream().mapToInt(Integer::intValue).toArray();
    }

    static String key(int number) {
        return "key-%05d".formatted(number);
    }

    String groupAt(int turn) {
        return GROUP_NAMES.get(order[turn] % GROUPS);
    }

    String keyAt(int turn) {
        return keys[order[turn]];
    }
}
