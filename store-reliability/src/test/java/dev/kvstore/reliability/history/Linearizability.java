package dev.kvstore.reliability.history;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks whether calls on a register could have taken effect sequentially, each between its invocation and its return:
 * the search of Wing and Gong, which tries every call that may be next, with Lowe's cache of visited states.
 */
final class Linearizability {

    /** The calls that have taken effect, and the value of the register. */
    private record State(BitSet done, Optional<String> value) {

        State after(int call, Optional<String> value) {
            BitSet more = (BitSet) done.clone();
            more.set(call);
            return new State(more, value);
        }
    }

    private final List<Event> calls;

    private Linearizability(List<Event> calls) {
        this.calls =
                calls.stream().sorted(Comparator.comparingLong(Event::invoked)).toList();
    }

    /** Returns the registers of a history, initially empty, that no order of the calls explains. */
    static List<String> violations(List<Event> history) {
        return history.stream().collect(Collectors.groupingBy(Event::register)).entrySet().stream()
                .filter(register -> !new Linearizability(register.getValue()).holds())
                .map(register -> register.getKey() + ":\n" + inOrder(register.getValue()))
                .toList();
    }

    private static String inOrder(List<Event> calls) {
        return new Linearizability(calls)
                .calls.stream().map(call -> "  " + call).collect(Collectors.joining("\n"));
    }

    private boolean holds() {
        Deque<State> open = new ArrayDeque<>();
        Set<State> seen = new HashSet<>();
        open.push(new State(new BitSet(), Optional.empty()));
        while (!open.isEmpty()) {
            State state = open.pop();
            if (state.done().cardinality() == calls.size()) {
                return true;
            }
            if (seen.add(state)) {
                pushNext(state, open);
            }
        }
        return false;
    }

    // Each call invoked before any other open call had returned may be next.
    private void pushNext(State state, Deque<State> open) {
        int first = state.done().nextClearBit(0);
        long firstReturn = Long.MAX_VALUE;
        for (int i = first; i < calls.size() && calls.get(i).invoked() <= firstReturn; i++) {
            if (!state.done().get(i)) {
                firstReturn = Math.min(firstReturn, calls.get(i).returned());
            }
        }
        for (int i = first; i < calls.size() && calls.get(i).invoked() <= firstReturn; i++) {
            Event call = calls.get(i);
            if (!state.done().get(i) && call.fits(state.value())) {
                open.push(state.after(i, call.after(state.value())));
            }
        }
    }
}
