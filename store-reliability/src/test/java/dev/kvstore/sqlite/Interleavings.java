package dev.kvstore.sqlite;

import dev.kvstore.reliability.Effort;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.StressOptions;

/** Lincheck's two ways to run the operations of a class in several threads, and how much of each is enough. */
final class Interleavings {

    static final int SCENARIOS = Effort.of(2, 200);

    /** A planted flaw is found in the first that shows it. */
    static final int MOST_SCENARIOS = 20;

    static final int WALKED = 2_000;
    static final int RACED = 10_000;

    // The check of the stack's reserve is a recursion, not a loop without end.
    private static final int RECURSION = 200;

    private Interleavings() {}

    /** Walks through interleavings one after another, the fewest switches first: one call in each thread, but many switches. */
    static void walk(Class<?> concurrent, Class<?> sequential) {
        walk(SCENARIOS, concurrent, sequential);
    }

    /** Walks until the flaw is found. */
    static void seek(Class<?> flawed, Class<?> sequential) {
        walk(MOST_SCENARIOS, flawed, sequential);
    }

    private static void walk(int scenarios, Class<?> concurrent, Class<?> sequential) {
        new ModelCheckingOptions()
                .recursionBound(RECURSION)
                .iterations(scenarios)
                .minimizeFailedScenario(false)
                .invocationsPerIteration(WALKED)
                .threads(3)
                .actorsPerThread(1)
                .actorsBefore(0)
                .actorsAfter(0)
                .sequentialSpecification(sequential)
                .check(concurrent);
    }

    /** Lets real threads race. */
    static void race(Class<?> concurrent, Class<?> sequential) {
        new StressOptions()
                .iterations(SCENARIOS)
                .minimizeFailedScenario(false)
                .invocationsPerIteration(RACED)
                .threads(3)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(1)
                .sequentialSpecification(sequential)
                .check(concurrent);
    }
}
