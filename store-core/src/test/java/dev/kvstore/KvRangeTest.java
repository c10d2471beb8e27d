package dev.kvstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A range is half-open, by UTF-8 bytes, and only becomes narrower. */
class KvRangeTest {

    private static final String LAST = "\uDBFF\uDFFF";

    /** The first and the last code point of each length in UTF-8, those beside the surrogates, and patterns of SQL. */
    private static final List<String> CHARACTERS = List.of(
            "\0",
            "%",
            "_",
            "a",
            "b",
            "\u007F",
            "\u0080",
            "\u07FF",
            "\u0800",
            "\uD7FF",
            "\uE000",
            "\uFFFF",
            "\uD800\uDC00",
            "😀",
            LAST);

    @Test
    void allContainsEveryKey() {
        assertThat(KvRange.all().lowerBound()).isEmpty();
        assertThat(KvRange.all().upperBound()).isEmpty();
        assertThat(KvRange.all().isEmpty()).isFalse();
        assertThat(KvRange.all().isReversed()).isFalse();
        assertThat(KvRange.all().maxEntries()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a, b",
        "a%, a&",
        "a_, a`",
        "'a\0', 'a\u0001'",
        "a\u007F, a\u0080",
        "a\u07FF, a\u0800",
        // Surrogates are no code points of their own.
        "a\uD7FF, a\uE000",
        "a\uFFFF, a\uD800\uDC00",
        "a\uD83D\uDE00, a\uD83D\uDE01",
        "a\uD83D\uDFFF, a\uD83E\uDC00",
        // The last code point has no successor.
        "a\uDBFF\uDFFF, b",
        "a\uDBFF\uDFFF\uDBFF\uDFFF, b",
        "\uD7FF\uDBFF\uDFFF, \uE000"
    })
    void aPrefixEndsAtTheSuccessorOfItsLastCodePoint(String prefix, String end) {
        assertThat(KvRange.prefix(prefix).lowerBound()).isEqualTo(prefix);
        assertThat(KvRange.prefix(prefix).upperBound()).contains(end);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", LAST, LAST + LAST})
    void aPrefixThatNothingFollowsHasNoEnd(String prefix) {
        assertThat(KvRange.prefix(prefix).lowerBound()).isEqualTo(prefix);
        assertThat(KvRange.prefix(prefix).upperBound()).isEmpty();
    }

    @Test
    void theEmptyPrefixIsAll() {
        assertThat(KvRange.prefix("")).isEqualTo(KvRange.all());
    }

    @Test
    void aPrefixContainsExactlyTheKeysThatBeginWithIt() {
        RandomGenerator random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            String prefix = text(random, 3);
            String key = random.nextBoolean() ? prefix + text(random, 2) : text(random, 4);

            assertThat(KvRange.prefix(prefix).contains(key)).isEqualTo(key.startsWith(prefix));
        }
    }

    @Test
    void boundsAreComparedByTheirBytes() {
        RandomGenerator random = new Random(2);
        for (int i = 0; i < 20_000; i++) {
            String bound = text(random, 3);
            String key = random.nextInt(5) == 0 ? bound : text(random, 3);
            int order = Arrays.compareUnsigned(bytes(key), bytes(bound));

            assertThat(KvRange.all().from(bound).contains(key)).isEqualTo(order >= 0);
            assertThat(KvRange.all().after(bound).contains(key)).isEqualTo(order > 0);
            assertThat(KvRange.all().before(bound).contains(key)).isEqualTo(order < 0);
        }
    }

    @Test
    void fromAfterAndBeforeNarrowWhatIsThere() {
        RandomGenerator random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            KvRange range = KvRange.all();
            boolean expected = true;
            String key = text(random, 2);
            for (int step = 0; step < 4; step++) {
                UnaryOperator<KvRange> narrowed = narrowing(random);
                range = narrowed.apply(range);
                expected &= narrowed.apply(KvRange.all()).contains(key);
            }

            assertThat(range.contains(key)).isEqualTo(expected);
            assertThat(range.isEmpty() && expected).isFalse();
        }
    }

    private static UnaryOperator<KvRange> narrowing(RandomGenerator random) {
        String bound = text(random, 2);
        return switch (random.nextInt(3)) {
            case 0 -> range -> range.from(bound);
            case 1 -> range -> range.after(bound);
            default -> range -> range.before(bound);
        };
    }

    @Test
    void theNextRangeAfterTheLastKeyOfAPageKeepsItsBoundsDirectionAndLimit() {
        KvRange range = KvRange.prefix("a").limit(10);

        assertThat(range.after("ab")).isEqualTo(KvRange.between("ab\0", "b").limit(10));
        assertThat(range.reversed().before("ab"))
                .isEqualTo(KvRange.between("a", "ab").limit(10).reversed());
    }

    @Test
    void betweenIsHalfOpen() {
        KvRange range = KvRange.between("b", "d");

        assertThat(List.of("a", "b", "c", "d", "e").stream().filter(range::contains))
                .containsExactly("b", "c");
    }

    @Test
    void boundsThatAreEqualOrCrossedMakeAnEmptyRange() {
        assertThat(KvRange.between("b", "b").isEmpty()).isTrue();
        assertThat(KvRange.between("b", "a").isEmpty()).isTrue();
        assertThat(KvRange.between("\uD800\uDC00", "\uFFFF").isEmpty()).isTrue();
        assertThat(KvRange.all().before("").isEmpty()).isTrue();
        assertThat(KvRange.prefix("a").after("a" + LAST).isEmpty()).isFalse();
        assertThat(KvRange.between("\uFFFF", "\uD800\uDC00").isEmpty()).isFalse();
    }

    @Test
    void reversingTwiceIsTheFirstDirection() {
        assertThat(KvRange.all().reversed().isReversed()).isTrue();
        assertThat(KvRange.all().reversed().reversed()).isEqualTo(KvRange.all());
    }

    @Test
    void theLastLimitCountsAndIsKeptAsItIs() {
        assertThat(KvRange.all().limit(1).maxEntries()).hasValue(1);
        assertThat(KvRange.all().limit(5).limit(50_000).maxEntries()).hasValue(50_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void aLimitBelowOneIsRefused(int limit) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KvRange.all().limit(limit))
                .withMessage("limit must be at least 1");
    }

    @Test
    void aRangeIsNeverChanged() {
        KvRange range = KvRange.prefix("a");

        range.from("ab");
        range.after("ab");
        range.before("ab");
        range.reversed();
        range.limit(1);

        assertThat(range).isEqualTo(KvRange.prefix("a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\uD800", "\uDC00a", "\uD800\uD800\uDC00", "\uDC00\uD800", "\uDBFF", "\uDFFF"})
    void anUnpairedSurrogateIsRefused(String text) {
        for (UnaryOperator<KvRange> bound : bounds(text)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> bound.apply(KvRange.all()))
                    .withMessageMatching(
                            "(key|prefix) is not valid Unicode: there is an unpaired surrogate at index \\d");
        }
    }

    @Test
    @SuppressWarnings("NullAway")
    void nullIsRefused() {
        for (UnaryOperator<KvRange> bound : bounds(null)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> bound.apply(KvRange.all()))
                    .withMessageMatching("(key|prefix) must not be null");
        }
    }

    private static List<UnaryOperator<KvRange>> bounds(String text) {
        return List.of(
                range -> KvRange.prefix(text),
                range -> KvRange.between(text, "b"),
                range -> KvRange.between("a", text),
                range -> range.from(text),
                range -> range.after(text),
                range -> range.before(text),
                range -> range.contains(text) ? range : KvRange.all());
    }

    @Test
    void rangesAreEqualByBoundsDirectionAndLimit() {
        assertThat(KvRange.between("a", "b"))
                .isEqualTo(KvRange.prefix("a"))
                .hasSameHashCodeAs(KvRange.prefix("a"))
                .isNotEqualTo(KvRange.prefix("a").after("a"))
                .isNotEqualTo(KvRange.all().from("a"))
                .isNotEqualTo(KvRange.prefix("a").reversed())
                .isNotEqualTo(KvRange.prefix("a").limit(1))
                .isNotEqualTo("a");
    }

    @Test
    void aRangeIsPrintedOnOneLine() {
        assertThat(KvRange.all()).hasToString("KvRange[from '']");
        assertThat(KvRange.between("a\n\u202E", "b").reversed().limit(2))
                .hasToString("KvRange[from 'a\\u000A\\u202E' before 'b', reversed, limit 2]");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(RandomGenerator random, int longest) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(longest + 1); i > 0; i--) {
            text.append(CHARACTERS.get(random.nextInt(CHARACTERS.size())));
        }
        return text.toString();
    }
}
