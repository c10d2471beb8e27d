package dev.kvstore.template;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A node of a parsed expression, which each rendering evaluates. */
interface Term {

    /**
     * Returns text, a literal, a number, a boolean, an entry, the group, the status of a loop, or null for no value.
     */
    @Nullable
    Object evaluate(Scope scope);

    /** Whether the term counts as true. A missing key is not an error here, because testing a key does not use it. */
    default boolean holds(Scope scope) {
        return Values.isTrue(evaluate(scope), scope.deadline());
    }

    /** Whether the term can be an operand of {@code and} and {@code or}. */
    default boolean isTruth() {
        return true;
    }

    /** Whether the term can be an operand of {@code +}, {@code -}, {@code <} and the other order comparisons. */
    default boolean isOrdered() {
        return true;
    }

    /** Whether the term can be an operand of {@code *}, {@code /} and {@code %}. */
    default boolean isNumber() {
        return true;
    }

    /** Quoted text, a number, true, false or null. */
    record Constant(@Nullable Object value) implements Term {
        @Override
        public @Nullable Object evaluate(Scope scope) {
            return value;
        }

        @Override
        public boolean isTruth() {
            return value instanceof Boolean || value instanceof Values.Literal;
        }

        @Override
        public boolean isOrdered() {
            return value instanceof BigDecimal || value instanceof Values.Literal;
        }

        @Override
        public boolean isNumber() {
            return value instanceof BigDecimal;
        }
    }

    /** Unquoted text. */
    record Word(Values.Literal text) implements Term {
        @Override
        public Object evaluate(Scope scope) {
            return text;
        }

        @Override
        public boolean isTruth() {
            return false;
        }

        @Override
        public boolean isNumber() {
            return false;
        }
    }

    /** {@code not a}. */
    record Not(Term operand) implements Term {
        @Override
        public Object evaluate(Scope scope) {
            return !operand.holds(scope);
        }
    }

    /** {@code a and b}. */
    record And(Term left, Term right) implements Term {
        @Override
        public Object evaluate(Scope scope) {
            return left.holds(scope) && right.holds(scope);
        }
    }

    /** {@code a or b}. */
    record Or(Term left, Term right) implements Term {
        @Override
        public Object evaluate(Scope scope) {
            return left.holds(scope) || right.holds(scope);
        }
    }

    /** {@code a ? b : c}. */
    record Choice(Term condition, Term whenTrue, Term whenFalse) implements Term {
        @Override
        public @Nullable Object evaluate(Scope scope) {
            return condition.holds(scope) ? whenTrue.evaluate(scope) : whenFalse.evaluate(scope);
        }
    }

    /** {@code a ?: b}, where {@code a} may be missing. */
    record Default(Term preferred, Term otherwise) implements Term {
        @Override
        public @Nullable Object evaluate(Scope scope) {
            Object value = preferred.evaluate(scope.lenient());
            return value != null ? value : otherwise.evaluate(scope);
        }
    }
}
