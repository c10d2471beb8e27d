package dev.kvstore.template;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** {@code a + b}: of two numbers their sum, of anything else one text after the other. */
record Sum(Term left, Term right) implements Term {

    /** All of {@code a + b + c} at once, so that a text is not copied again with each summand. */
    @Override
    public @Nullable Object evaluate(Scope scope) {
        Deque<Term> summands = new ArrayDeque<>();
        Term first = this;
        while (first instanceof Sum sum) {
            summands.push(sum.right);
            first = sum.left;
        }
        return sum(first.evaluate(scope), summands, scope);
    }

    private static @Nullable Object sum(@Nullable Object first, Deque<Term> summands, Scope scope) {
        Object sum = first;
        StringBuilder text = null;
        for (Term summand : summands) {
            Object next = summand.evaluate(scope);
            BigDecimal number = text == null ? Values.number(sum) : null;
            BigDecimal nextNumber = text == null ? Values.number(next) : null;
            if (number != null && nextNumber != null) {
                sum = number.add(nextNumber);
                continue;
            }
            if (text == null) {
                text = new StringBuilder();
                scope.allowance().append(text, Values.text(sum));
            }
            scope.allowance().append(text, Values.text(next));
        }
        return text == null ? sum : new Values.Literal(text.toString());
    }
}
