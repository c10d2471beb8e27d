package dev.kvstore.benchmarks;

import java.util.Random;

/**
 * Values, of 100 bytes by default, made before the measurement from a fixed seed.
 *
 * <p>A set of the value that is there already writes nothing in SQLite and does not reach the disk, so that a benchmark
 * which repeats one value measures nothing: each thread has values of its own, of which {@link Turns} never gives a key
 * the same one twice in a row.
 */
public final class Texts {

    /** A prime, so that it shares no factor with the number of keys. */
    static final int COUNT = 1009;

    private static final int LENGTH = 100;

    private Texts() {}

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
