package dev.kvstore.template;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A part of an expression, read once and evaluated for every rendering. */
interface Term {

    /** A text, a literal, a number, a truth value, an entry, the group, a loop's status, or null for nothing. */
    @Nullable
    Object evaluate(Scope scope);

    /** Whether the term counts as true. Asking whether a key is there is not using it, so it may be missing here. */
    default boolean holds(Scope scope) {
        return Values.isTrue(evaluate(scope), scope.deadline());
    }

    /** Whether the term may stand beside {@code and} and {@code or}. */
    default boolean isTruth() {
        return true;
    }

    /** Whether the term may be added, subtracted, and be less or greater than another. */
    default boolean isOrdered() {
        return true;
    }

    /** Whether the term may be multiplied and divided. */
    default boolean isNumber() {
        return true;
    }

    /** A text in quotes, a number, true, false, or nothing. */
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

    /** A text without quotes. */
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
