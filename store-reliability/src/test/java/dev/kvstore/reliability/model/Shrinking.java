package dev.kvstore.reliability.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Removes operations that a failure does not need: halves, then ever smaller pieces, until no single operation can be
 * removed.
 */
final class Shrinking {

    private Shrinking() {}

    static <T> List<T> shrink(List<T> failing, Predicate<List<T>> fails) {
        List<T> smallest = failing;
        int piece = Math.max(1, smallest.size() / 2);
        while (true) {
            List<T> smaller = withoutPieces(smallest, piece, fails);
            if (piece == 1 && smaller.size() == smallest.size()) {
                return smaller;
            }
            smallest = smaller;
            piece = Math.max(1, piece / 2);
        }
    }

    private static <T> List<T> withoutPieces(List<T> failing, int piece, Predicate<List<T>> fails) {
        List<T> smallest = failing;
        // From the end, where often only the last operations matter.
        for (int from = smallest.size() - piece; from > -piece; from -= piece) {
            List<T> without = new ArrayList<>(smallest);
            without.subList(Math.max(0, from), Math.min(without.size(), from + piece))
                    .clear();
            if (fails.test(without)) {
                smallest = without;
            }
        }
        return smallest;
    }
}
