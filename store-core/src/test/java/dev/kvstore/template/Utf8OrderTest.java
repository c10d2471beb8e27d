package dev.kvstore.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Texts are ordered by their UTF-8 bytes. */
class Utf8OrderTest {

    private static final List<String> CHARACTERS = List.of(
            "\u0000",
            "a",
            "b",
            "\u007F",
            "\u0080",
            "é",
            "\u07FF",
            "\u0800",
            "\uD7FF",
            "\uE000",
            "\uFFFF",
            "😀",
            "😁",
            "\uD800\uDC00",
            "\uDBFF\uDFFF");

    private final Deadline deadline = Deadline.of(TemplateLimits.DEFAULTS, () -> 0);

    @Test
    void textsAreOrderedByTheirBytes() {
        RandomGenerator random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            assertOrder(text(random, 4), text(random, 4));
        }
    }

    @Test
    void longTextsAreOrderedByTheirBytes() {
        RandomGenerator random = new Random(8);
        for (int length : List.of(65_535, 65_536, 65_537, 200_000)) {
            String start = "x".repeat(length);
            for (int i = 0; i < 20; i++) {
                assertOrder(start + text(random, 3), start + text(random, 3));
            }
        }
    }

    private void assertOrder(String one, String other) {
        int bytes =
                Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
        assertThat(Integer.signum(Utf8Order.compare(one, other, deadline))).isEqualTo(Integer.signum(bytes));
        assertThat(Utf8Order.equal(one, other, deadline)).isEqualTo(bytes == 0);
    }

    private static String text(RandomGenerator random, int longest) {
        StringBuilder text = new StringBuilder();
        for (int characters = random.nextInt(longest); characters > 0; characters--) {
            text.append(CHARACTERS.get(random.nextInt(CHARACTERS.size())));
        }
        return text.toString();
    }
}
