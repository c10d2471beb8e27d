package dev.kvstore.benchmarks.targets;

import dev.kvstore.benchmarks.BenchmarkValues;
import dev.kvstore.benchmarks.contender.Contender;

/** Reads or writes one entry after the other, for one thread. Not thread-safe. */
final class Turn {

    private final Sample sample;
    private final String[] texts;
    private int entry;
    private int text;

    Turn(Sample sample, String[] texts) {
        this.sample = sample;
        this.texts = texts;
    }

    /** Creates a turn with values of 100 bytes that differ from those of every other seed. */
    static Turn of(Keys keys, int size, int seed) {
        return new Turn(keys.sample(size, seed), BenchmarkValues.of(seed + 1, 1009, 100));
    }

    void get(Contender contender) {
        next();
        if (contender.get(sample.groups()[entry], sample.keys()[entry]) == null) {
            throw new IllegalStateException("An entry is missing: the store did not keep it");
        }
    }

    void set(Contender contender) {
        next();
        text = text + 1 == texts.length ? 0 : text + 1;
        contender.set(sample.groups()[entry], sample.keys()[entry], texts[text]);
    }

    private void next() {
        entry = entry + 1 == sample.size() ? 0 : entry + 1;
    }

    /** The average time of a get, in nanoseconds. */
    double timeOfGets(Contender contender, int count) {
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            get(contender);
        }
        return (double) (System.nanoTime() - start) / count;
    }

    /** The average time of a set, in nanoseconds. */
    double timeOfSets(Contender contender, int count) {
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            set(contender);
        }
        return (double) (System.nanoTime() - start) / count;
    }
}
