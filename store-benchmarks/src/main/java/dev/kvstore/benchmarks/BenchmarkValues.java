package dev.kvstore.benchmarks;

import java.util.Random;

/**
 * Values of 100 bytes by default, generated before the measurement from a fixed seed.
 *
 * <p>Setting an unchanged value writes nothing in SQLite and does not reach the disk, so that a benchmark which repeats
 * a value measures nothing. Each thread has its own values, and {@link Turns} never assigns a key the same value twice
 * in a row.
 */
public final class BenchmarkValues {

    /** A prime, so that it shares no factor with the number of keys. */
    static final int COUNT = 1009;

    private static final int LENGTH = 100;

    private BenchmarkValues() {}

    static String[] of(int seed) {
        return of(seed, COUNT, LENGTH);
    }

    public static String[] of(int seed, int count, int length) {
        Random random = new Random(seed);
        String[] texts = new String[count];
        for (int i = 0; i < count; i++) {
            StringBuilder text =
                    new StringBuilder(length).append(seed).append(':').append(i).append(' ');
            while (text.length() < length) {
                text.append((char) ('a' + random.nextInt(26)));
            }
            texts[i] = text.toString();
        }
        return texts;
    }
}
