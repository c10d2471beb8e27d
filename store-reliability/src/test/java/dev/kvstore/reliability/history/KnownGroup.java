package dev.kvstore.reliability.history;

import dev.kvstore.KvStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A group whose state after each step of its only writer is known: the first step deletes it, the next ones set its
 * keys to the number of a round, in two rounds, and so on. Keys set consecutively are far apart in read order, so that
 * a read of two states is visible. From round to round a value moves between inline and out of row.
 */
final class KnownGroup {

    static final String NAME = "group";

    /** Three slices of a read. */
    static final int KEYS = 1_100;

    private static final int ROUNDS = 2;

    /** The number of steps from one deletion to the next. */
    static final int CYCLE = 1 + ROUNDS * KEYS;

    private static final int STRIDE = 491;

    /** Around 512 bytes, the longest inline value. */
    private static final int[] SIZES = {20, 511, 512, 513, 100, 2_000};

    private static final Map<String, Integer> POSITIONS = new HashMap<>();

    static {
        IntStream.range(0, KEYS).forEach(position -> POSITIONS.put(key(position), position));
    }

    private KnownGroup() {}

    /** The key at this position of a round. */
    static String key(int position) {
        return "%04d".formatted(position * STRIDE % KEYS);
    }

    static void write(KvStore kv, long step) {
        int inCycle = (int) (step % CYCLE);
        if (inCycle == 0) {
            kv.deleteGroup(NAME);
            return;
        }
        int position = (inCycle - 1) % KEYS;
        String value = value(position, round(step));
        if (position % 5 == 0) {
            kv.set(NAME, key(position), value, Duration.ofMillis(1));
        } else {
            kv.set(NAME, key(position), value);
        }
    }

    static boolean isAt(long step, Map<String, String> group) {
        return group.size() == sizeAt(step)
                && group.entrySet().stream()
                        .allMatch(entry -> POSITIONS.containsKey(entry.getKey())
                                && isAt(step, POSITIONS.get(entry.getKey()), Optional.of(entry.getValue())));
    }

    /** Whether a key has this value after a step. */
    static boolean isAt(long step, int position, Optional<String> value) {
        int inCycle = (int) (step % CYCLE);
        boolean isSetInRound = inCycle > 0 && position <= (inCycle - 1) % KEYS;
        if (isSetInRound) {
            return value.equals(Optional.of(value(position, round(step))));
        }
        return inCycle <= KEYS ? value.isEmpty() : value.equals(Optional.of(value(position, round(step) - 1)));
    }

    static int sizeAt(long step) {
        return (int) Math.min(step % CYCLE, KEYS);
    }

    // Continues from one cycle to the next, so that no two rounds leave the same values.
    private static long round(long step) {
        return step / CYCLE * ROUNDS + (step % CYCLE - 1) / KEYS;
    }

    private static String value(int position, long round) {
        String start = round + ".";
        return start + "x".repeat(SIZES[(int) ((position + round) % SIZES.length)] - start.length());
    }
}
