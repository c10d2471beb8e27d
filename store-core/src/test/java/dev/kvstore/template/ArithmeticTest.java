package dev.kvstore.template;

import static dev.kvstore.template.Rendered.rendered;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** A terminating quotient is exact, as in {@code BigDecimal}. */
class ArithmeticTest {

    private static final List<String> FACTORS =
            List.of("1", "2", "5", "10", "4", "25", "0.5", "0.02", "3", "7", "1.0", "100", "0.125", "1024", "-1");

    @Test
    void aQuotientEqualsTheOneOfBigDecimal() {
        RandomGenerator random = new Random(9);
        for (int i = 0; i < 2_000; i++) {
            BigDecimal number = product(random);
            BigDecimal divisor = product(random);
            String expression = "[((%s) / (%s))]".formatted(number.toPlainString(), divisor.toPlainString());
            assertThat(rendered(expression)).as(expression).isEqualTo(quotient(number, divisor));
        }
    }

    @Test
    void zeroCanBeDivided() {
        assertThat(rendered("[(0 / 7)] [(0.00 / 7)] [(0 / 0.07)]")).isEqualTo("0 0.00 0");
    }

    private static BigDecimal product(RandomGenerator random) {
        BigDecimal product = BigDecimal.ONE;
        for (int factors = random.nextInt(6); factors >= 0; factors--) {
            product = product.multiply(new BigDecimal(FACTORS.get(random.nextInt(FACTORS.size()))));
        }
        return product;
    }

    private static String quotient(BigDecimal number, BigDecimal divisor) {
        try {
            return number.divide(divisor).toPlainString();
        } catch (ArithmeticException endless) {
            int scale = Math.max(10, Math.max(number.scale(), divisor.scale()));
            return number.divide(divisor, scale, RoundingMode.HALF_UP).toPlainString();
        }
    }
}
