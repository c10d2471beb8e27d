package dev.kvstore.reliability;

import dev.kvstore.KvChange;
import dev.kvstore.reliability.Acknowledgements.Finding;
import dev.kvstore.reliability.ThreadState.Change;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The changes that the operations of a workload have made, in the order of each thread's operations, and the check that
 * they were delivered. The changes of one operation may come in any order.
 */
final class ExpectedChanges {

    /** The changes of one operation, by the names of the entries. An optional one may not have been committed. */
    private record Step(Map<String, Change> changes, boolean isOptional) {}

    /** One thread: its state after the last known operation, and what is still to be delivered. */
    private static final class Expected {

        private ThreadState state = new ThreadState();
        private long last;
        private final Deque<Step> steps = new ArrayDeque<>();
    }

    private final Workload workload;
    private final List<Expected> threads =
            Stream.generate(Expected::new).limit(Workload.THREADS).toList();
    private final Map<String, Expected> threadOfGroup = new HashMap<>();

    /** Entries that were set, and whose expiry is still to be delivered. */
    private final Set<String> expired = new HashSet<>();

    private final List<String> faults = new ArrayList<>();

    ExpectedChanges(Workload workload) {
        this.workload = workload;
        for (int thread = 0; thread < Workload.THREADS; thread++) {
            for (int number = 0; number < CrashOperation.groups(); number++) {
                threadOfGroup.put(CrashOperation.group(thread, number), threads.get(thread));
            }
        }
    }

    /** The groups in which each change is expected. */
    static Set<String> groups() {
        return IntStream.range(0, Workload.THREADS)
                .boxed()
                .flatMap(thread -> IntStream.range(0, CrashOperation.groups())
                        .mapToObj(number -> CrashOperation.group(thread, number)))
                .collect(Collectors.toSet());
    }

    /** The file contains the operations of a thread up to the one that was found. */
    void add(Finding finding) {
        Expected expected = threads.get(finding.thread());
        while (expected.last < finding.found()) {
            expected.last++;
            CrashOperation operation = workload.operation(finding.thread(), expected.last);
            ThreadState before = expected.state.copy();
            expected.state.apply(operation);
            // An entry that was set after its end may have been purged, so that nobody knows whether it was set.
            boolean isUncertain =
                    expected.last > finding.acknowledged() && operation.now().equals(CrashOperation.PAST);
            expected.steps.add(new Step(before.changesTo(expected.state), isUncertain));
        }
    }

    /** Compares what was delivered with what is expected, when no process writes and everything was delivered. */
    List<String> faultsOf(Collection<KvChange> delivered) {
        delivered.forEach(this::delivered);
        for (Expected expected : threads) {
            expected.steps.removeIf(step -> step.isOptional() || step.changes().isEmpty());
            expected.steps.forEach(step -> faults.add("Not delivered: " + step.changes()));
            expected.steps.clear();
        }
        return List.copyOf(faults);
    }

    /** Entries whose row was removed by a purge, but whose expiry was not delivered. */
    Set<String> expiredWithoutChange() {
        return Set.copyOf(expired);
    }

    private void delivered(KvChange change) {
        Expected expected = threadOfGroup.get(change.group());
        if (expected == null) {
            return;
        }
        String name = change.group() + "/" + change.key();
        if (change.kind() == KvChange.Kind.EXPIRED) {
            if (!expired.remove(name)) {
                faults.add("Delivered, but not expected: " + change);
            }
        } else if (!isNext(expected.steps, change, name)) {
            faults.add("Delivered, but not expected now: " + change);
        }
    }

    private boolean isNext(Deque<Step> steps, KvChange change, String name) {
        for (Step step = steps.peek(); step != null; step = steps.peek()) {
            Change made = step.changes().get(name);
            if (made != null && (made == Change.DELETED) == (change.kind() == KvChange.Kind.DELETED)) {
                step.changes().remove(name);
                noteExpiry(name, made);
                return true;
            }
            if (!step.changes().isEmpty() && !step.isOptional()) {
                return false;
            }
            steps.remove();
        }
        return false;
    }

    private void noteExpiry(String name, Change made) {
        if (made == Change.SET_TO_EXPIRE) {
            expired.add(name);
        } else {
            expired.remove(name);
        }
    }
}
