package dev.kvstore.reliability.history;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks whether calls on an object could have taken effect sequentially, each between its invocation and its return:
 * the search of Wing and Gong, which tries every call that may be next, with Lowe's cache of visited states.
 *
 * @param <S> the state of an object
 */
final class Linearizability<S> {

    /** The calls that have taken effect, and the state of the object. */
    private record State<S>(BitSet done, S object) {

        State<S> after(int call, S changed) {
            BitSet more = (BitSet) done.clone();
            more.set(call);
            return new State<>(more, changed);
        }
    }

    private final List<? extends Call<S>> calls;
    private final S initial;

    private Linearizability(List<? extends Call<S>> calls, S initial) {
        this.calls =
                calls.stream().sorted(Comparator.comparingLong(Call::invoked)).toList();
        this.initial = initial;
    }

    /** Returns the objects of a history that no order of the calls explains. */
    static <S> List<String> violations(List<? extends Call<S>> history, S initial) {
        return history.stream().collect(Collectors.groupingBy(Call::object)).entrySet().stream()
                .map(object -> Map.entry(object.getKey(), new Linearizability<>(object.getValue(), initial)))
                .filter(object -> !object.getValue().holds())
                .map(object -> object.getKey() + ":\n" + object.getValue().inOrder())
                .toList();
    }

    private String inOrder() {
        return calls.stream().map(call -> "  " + call).collect(Collectors.joining("\n"));
    }

    private boolean holds() {
        Deque<State<S>> open = new ArrayDeque<>();
        Set<State<S>> seen = new HashSet<>();
        open.push(new State<>(new BitSet(), initial));
        while (!open.isEmpty()) {
            State<S> state = open.pop();
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
    private void pushNext(State<S> state, Deque<State<S>> open) {
        int first = state.done().nextClearBit(0);
        long firstReturn = Long.MAX_VALUE;
        for (int i = first; i < calls.size() && calls.get(i).invoked() <= firstReturn; i++) {
            if (!state.done().get(i)) {
                firstReturn = Math.min(firstReturn, calls.get(i).returned());
            }
        }
        for (int i = first; i < calls.size() && calls.get(i).invoked() <= firstReturn; i++) {
            if (!state.done().get(i)) {
                int call = i;
                calls.get(i).on(state.object()).ifPresent(object -> open.push(state.after(call, object)));
            }
        }
    }
}
