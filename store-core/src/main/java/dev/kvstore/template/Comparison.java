package dev.kvstore.template;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** {@code a == b}, {@code a < b} and the other comparisons: of numbers by value, of texts by their UTF-8 bytes. */
record Comparison(Symbol operator, Term left, Term right) implements Term {

    @Override
    public Object evaluate(Scope scope) {
        Object one = Values.plain(left.evaluate(scope));
        Object other = Values.plain(right.evaluate(scope));
        return switch (operator) {
            case EQUAL -> equal(one, other, scope.deadline());
            case NOT_EQUAL -> !equal(one, other, scope.deadline());
            default -> one != null && other != null && holds(order(one, other, scope.deadline()));
        };
    }

    private boolean holds(int order) {
        return switch (operator) {
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            default -> order >= 0;
        };
    }

    /** Whether two values are the same number or the same text. */
    static boolean equal(@Nullable Object one, @Nullable Object other, Deadline deadline) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        BigDecimal number = Values.number(one);
        BigDecimal otherNumber = Values.number(other);
        return (number != null && otherNumber != null)
                ? number.compareTo(otherNumber) == 0
                : Utf8Order.equal(Values.text(one), Values.text(other), deadline);
    }

    private static int order(Object one, Object other, Deadline deadline) {
        BigDecimal number = Values.number(one);
        BigDecimal otherNumber = Values.number(other);
        if (number != null && otherNumber != null) {
            return number.compareTo(otherNumber);
        }
        if (Values.isText(one) && Values.isText(other)) {
            return Utf8Order.compare(Values.text(one), Values.text(other), deadline);
        }
        throw new TemplateFault("a number can only be compared with a number");
    }
}
