package dev.kvstore.benchmarks.targets;

import dev.kvstore.benchmarks.Texts;
import dev.kvstore.benchmarks.contender.Contender;

/** Reads or writes one entry after the other, as one thread does. Not thread-safe. */
final class Turn {

    private final Sample sample;
    private final String[] texts;
    private int entry;
    private int text;

    Turn(Sample sample, String[] texts) {
        this.sample = sample;
        this.texts = texts;
    }

    /** Values of 100 bytes, which no other seed has. */
    static Turn of(Keys keys, int size, int seed) {
        return new Turn(keys.sample(size, seed), Texts.of(seed + 1, 1009, 100));
    }

    void get(Contender contender) {
        next();
        if (contender.get(sample.groups()[entry], sample.keys()[entry]) == null) {
            throw new IllegalStateException("An entry is gone: the store did not keep what it was given");
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

    /** The nanoseconds of a get, on average over many. */
    double timeOfGets(Contender contender, int count) {
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            get(contender);
        }
        return (double) (System.nanoTime() - start) / count;
    }

    /** The nanoseconds of a set, on average over many. */
    double timeOfSets(Contender contender, int count) {
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            set(contender);
        }
        return (double) (System.nanoTime() - start) / count;
    }
}
