package dev.kvstore.reliability;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuarantee;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;

/**
 * Scenarios with concurrent operations of a class, and Lincheck's two ways to run them. The results must be those of
 * some sequential order of the operations on a sequential class.
 */
public final class Interleavings {

    private static final int WALKED = Effort.of(50, 5_000);
    private static final int RACED = Effort.of(1_000, 100_000);

    /** The model checking stops at the first interleaving that shows the flaw. */
    private static final int SOUGHT = 20_000;

    private static final int SOUGHT_BY_RACE = 1_000_000;

    // The check of the stack reserve is a deep recursion, not an endless loop.
    private static final int RECURSION = 200;

    private final Class<?> sequential;
    private final List<String[]> scenarios = new ArrayList<>();
    private final List<ManagedStrategyGuarantee> uninteresting = new ArrayList<>();

    private Interleavings(Class<?> sequential) {
        this.sequential = sequential;
    }

    public static Interleavings comparedWith(Class<?> sequential) {
        return new Interleavings(sequential);
    }

    /** Adds a scenario: for each thread, the names of its operations. */
    public Interleavings of(String... threads) {
        scenarios.add(threads);
        return this;
    }

    /** Allows no thread switch in these methods and their callees. */
    public Interleavings notIn(String packageName, Set<String> methods) {
        uninteresting.add(ManagedStrategyGuaranteeKt.forClasses(name -> name.startsWith(packageName))
                .methods(methods::contains)
                .ignore());
        return this;
    }

    /** Checks interleavings of each scenario systematically, those with the fewest thread switches first. */
    public void walk(Class<?> concurrent) {
        check(walking(WALKED), concurrent, scenarios);
    }

    /** The same, for a part of the store, and records the figures. */
    public void walk(Class<?> concurrent, String part) {
        walk(concurrent);
        Findings.record(
                "lincheck-" + part.replace(' ', '-'),
                "The %s: no flaw in %d scenarios of up to 3 threads, up to %,d interleavings of each."
                        .formatted(part, scenarios.size(), WALKED));
    }

    /** Checks interleavings of the scenario that shows a flaw, with enough of them to find it. */
    public void seek(Class<?> flawed, String... threads) {
        check(walking(SOUGHT), flawed, List.<String[]>of(threads));
    }

    private ModelCheckingOptions walking(int most) {
        ModelCheckingOptions options = new ModelCheckingOptions();
        uninteresting.forEach(options::addGuarantee);
        return options.recursionBound(RECURSION).invocationsPerIteration(most);
    }

    /** Runs the scenarios on real threads that race. */
    public void race(Class<?> concurrent) {
        check(new StressOptions().invocationsPerIteration(RACED), concurrent, scenarios);
    }

    /** Runs a scenario on real threads, often enough to find the flaw. */
    public void seekByRace(Class<?> flawed, String... threads) {
        check(new StressOptions().invocationsPerIteration(SOUGHT_BY_RACE), flawed, List.<String[]>of(threads));
    }

    private void check(Options<?, ?> options, Class<?> concurrent, List<String[]> scenarios) {
        scenarios.forEach(threads -> options.addCustomScenario(scenario(concurrent, threads)));
        options.iterations(0).minimizeFailedScenario(false).sequentialSpecification(sequential);
        options.check(concurrent);
    }

    private static ExecutionScenario scenario(Class<?> concurrent, String... threads) {
        List<List<Actor>> parallel =
                Stream.of(threads).map(calls -> calls(concurrent, calls)).toList();
        return new ExecutionScenario(List.of(), parallel, List.of(), null);
    }

    private static List<Actor> calls(Class<?> concurrent, String names) {
        return Stream.of(names.split(" "))
                .map(name -> new Actor(operation(concurrent, name), List.of()))
                .toList();
    }

    private static Method operation(Class<?> concurrent, String name) {
        try {
            return concurrent.getMethod(name);
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
