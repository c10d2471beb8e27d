package dev.kvstore.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** {@code a + b} and its kin. A sum of what are not both numbers is the one text after the other. */
record Arithmetic(Operator operator, Term left, Term right) implements Term {

    /** Thymeleaf's own, for a quotient without end. */
    private static final int LEAST_SCALE = 10;

    enum Operator {
        PLUS,
        MINUS,
        TIMES,
        DIVIDED_BY,
        MODULO
    }

    @Override
    public Object evaluate(Scope scope) {
        Object one = left.evaluate(scope);
        Object other = right.evaluate(scope);
        if (operator == Operator.PLUS) {
            BigDecimal number = Values.number(one);
            BigDecimal otherNumber = Values.number(other);
            return number != null && otherNumber != null ? number.add(otherNumber) : joined(one, other, scope);
        }
        BigDecimal number = Values.number(Values.plain(one));
        BigDecimal otherNumber = Values.number(Values.plain(other));
        if (number == null || otherNumber == null) {
            throw new TemplateFault("only numbers can be calculated with");
        }
        return switch (operator) {
            case MINUS -> number.subtract(otherNumber);
            case TIMES -> number.multiply(otherNumber);
            case MODULO -> number.remainder(notZero(otherNumber));
            default -> quotient(number, notZero(otherNumber));
        };
    }

    private static Values.Literal joined(@Nullable Object one, @Nullable Object other, Scope scope) {
        String text = Values.text(one);
        String otherText = Values.text(other);
        // A short expression can name a long value many times, and need never print the sum.
        if ((long) text.length() + otherText.length() > scope.rendering().maxOutput()) {
            throw OutputWriter.tooLong(scope.rendering().maxOutput());
        }
        return new Values.Literal(text + otherText);
    }

    private static BigDecimal notZero(BigDecimal divisor) {
        if (divisor.signum() == 0) {
            throw new TemplateFault("a number is divided by zero");
        }
        return divisor;
    }

    private static BigDecimal quotient(BigDecimal number, BigDecimal divisor) {
        try {
            return number.divide(divisor);
        } catch (ArithmeticException endless) {
            int scale = Math.max(LEAST_SCALE, Math.max(number.scale(), divisor.scale()));
            return number.divide(divisor, scale, RoundingMode.HALF_UP);
        }
    }
}
