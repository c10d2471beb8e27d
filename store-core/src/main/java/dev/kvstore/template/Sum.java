package dev.kvstore.template;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** {@code a + b}: adds two numbers, and concatenates everything else. */
record Sum(Term left, Term right) implements Term {

    /** Evaluates all summands of {@code a + b + c} in one pass, so that text is not copied again for each. */
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
                scope.budget().append(text, Values.text(sum));
            }
            scope.budget().append(text, Values.text(next));
        }
        return text == null ? sum : new Values.Literal(text.toString());
    }
}
