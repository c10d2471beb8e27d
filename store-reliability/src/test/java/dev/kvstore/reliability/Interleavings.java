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
 * Scenarios of a class whose operations run in several threads, and Lincheck's two ways to run them. What the operations
 * return has to be what they return one by one, in some order, on a class that one thread uses.
 */
public final class Interleavings {

    private static final int WALKED = Effort.of(50, 5_000);
    private static final int RACED = Effort.of(1_000, 100_000);

    /** The walk ends with the first interleaving that shows the flaw. */
    private static final int SOUGHT = 20_000;

    private static final int SOUGHT_BY_RACE = 1_000_000;

    // The check of the stack's reserve is a recursion, not a loop without end.
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

    /** Adds a scenario: for each thread the names of the operations that it calls. */
    public Interleavings of(String... threads) {
        scenarios.add(threads);
        return this;
    }

    /** No thread gives way to another in these methods, nor in what they call. */
    public Interleavings notIn(String packageName, Set<String> methods) {
        uninteresting.add(ManagedStrategyGuaranteeKt.forClasses(name -> name.startsWith(packageName))
                .methods(methods::contains)
                .ignore());
        return this;
    }

    /** Walks through interleavings of each scenario one after another, those with the fewest switches first. */
    public void walk(Class<?> concurrent) {
        check(walking(WALKED), concurrent, scenarios);
    }

    /** The same, of a part of the store, whose figures are recorded. */
    public void walk(Class<?> concurrent, String part) {
        walk(concurrent);
        Findings.record(
                "lincheck-" + part.replace(' ', '-'),
                "The %s: no flaw in %d scenarios of up to 3 threads, up to %,d interleavings of each."
                        .formatted(part, scenarios.size(), WALKED));
    }

    /** Walks until a flaw is found, or for longer than that takes, through the one of the scenarios that shows it. */
    public void seek(Class<?> flawed, String... threads) {
        check(walking(SOUGHT), flawed, List.<String[]>of(threads));
    }

    private ModelCheckingOptions walking(int most) {
        ModelCheckingOptions options = new ModelCheckingOptions();
        uninteresting.forEach(options::addGuarantee);
        return options.recursionBound(RECURSION).invocationsPerIteration(most);
    }

    /** Lets real threads race. */
    public void race(Class<?> concurrent) {
        check(new StressOptions().invocationsPerIteration(RACED), concurrent, scenarios);
    }

    /** Lets them race until a flaw is found, or for longer than that takes. */
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
