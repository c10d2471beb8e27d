package dev.kvstore.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** {@code a - b}, {@code a * b}, {@code a / b} and {@code a % b}: the operators whose result is always a number. */
record Arithmetic(Symbol operator, Term left, Term right) implements Term {

    static final Term ZERO = new Term.Constant(BigDecimal.ZERO);

    /** Thymeleaf's scale for a quotient that does not terminate. */
    private static final int MIN_SCALE = 10;

    private static final BigInteger FIVE = BigInteger.valueOf(5);
    private static final double BITS_OF_FIVE = Math.log(5) / Math.log(2);

    @Override
    public Object evaluate(Scope scope) {
        BigDecimal number = Values.number(Values.plain(left.evaluate(scope)));
        BigDecimal other = Values.number(Values.plain(right.evaluate(scope)));
        if (number == null || other == null) {
            throw new TemplateFault("only numbers can be used in arithmetic");
        }
        return switch (operator) {
            case MINUS -> number.subtract(other);
            case TIMES -> number.multiply(other);
            case MODULO -> number.remainder(notZero(other));
            default -> quotient(number, notZero(other));
        };
    }

    private static BigDecimal notZero(BigDecimal divisor) {
        if (divisor.signum() == 0) {
            throw new TemplateFault("a number is divided by zero");
        }
        return divisor;
    }

    /**
     * Exact if the quotient terminates. {@code BigDecimal.divide} would compute every digit that the quotient could
     * have, and then strip trailing zeros one at a time.
     */
    private static BigDecimal quotient(BigDecimal number, BigDecimal divisor) {
        BigInteger common = number.unscaledValue().gcd(divisor.unscaledValue());
        BigInteger numerator = number.unscaledValue().divide(common);
        BigInteger denominator = divisor.unscaledValue().divide(common);
        int twos = denominator.getLowestSetBit();
        BigInteger odd = denominator.abs().shiftRight(twos);
        int fives = fives(odd);
        if (!odd.equals(FIVE.pow(fives))) {
            int scale = Math.max(MIN_SCALE, Math.max(number.scale(), divisor.scale()));
            return number.divide(divisor, scale, RoundingMode.HALF_UP);
        }
        int places = Math.max(twos, fives);
        BigInteger quotient = numerator.multiply(BigInteger.TEN.pow(places)).divide(denominator);
        return new BigDecimal(quotient, number.scale() - divisor.scale() + places);
    }

    /** The exponent of an odd number if it is a power of five; otherwise any number. */
    private static int fives(BigInteger odd) {
        return (int) Math.round((odd.bitLength() - 0.5) / BITS_OF_FIVE);
    }
}
