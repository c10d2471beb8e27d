package dev.kvstore.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kvstore.secrets.Secrets;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.cache.interceptor.SimpleKey;

class CacheKeysTest {

    private static String text(Object key) {
        return CacheKeys.text("books", key);
    }

    @Test
    void keysThatDifferHaveTextsThatDiffer() {
        List<Object> keys = List.of(
                "a,b",
                "a",
                "",
                "1",
                1,
                1L,
                (short) 1,
                (byte) 1,
                1.0,
                1.0f,
                '1',
                true,
                "true",
                BigInteger.ONE,
                BigDecimal.ONE,
                new BigDecimal("1.0"),
                Month.MAY,
                DayOfWeek.MONDAY,
                "MAY",
                new UUID(0, 1),
                new UUID(0, 1).toString(),
                Locale.ENGLISH,
                Instant.EPOCH,
                Duration.ZERO,
                LocalDate.EPOCH,
                "null",
                SimpleKey.EMPTY,
                new SimpleKey("a", "b"),
                new SimpleKey("a,b"),
                new SimpleKey("a,s:b"),
                new SimpleKey("a", "b", ""),
                new SimpleKey("a]", "b"),
                new SimpleKey("a", "]b"),
                new SimpleKey("a\\", "b"),
                new SimpleKey("a\\,s:b"),
                new SimpleKey((Object) null),
                new SimpleKey("null"),
                new SimpleKey(1, 2),
                new SimpleKey(1, 2L),
                List.of("a", "b"),
                List.of(List.of("a"), "b"),
                List.of(List.of("a", "b")),
                new String[] {"a", "b"},
                new int[] {1, 2},
                new long[] {1, 2},
                new SimpleKey(List.of("a"), "b"),
                "key[s:a,s:b,]");

        assertThat(keys.stream().map(CacheKeysTest::text)).doesNotHaveDuplicates();
    }

    /** Compound keys of few, ugly letters: many of them are nearly the same. */
    @Test
    void noTwoOfManyCompoundKeysCollide() {
        Random random = new Random(1);
        Map<String, SimpleKey> keys = new HashMap<>();
        for (int i = 0; i < 100_000; i++) {
            SimpleKey key = new SimpleKey(elements(random, 2));

            assertThat(keys.computeIfAbsent(text(key), unused -> key)).isEqualTo(key);
        }
        assertThat(keys).hasSizeGreaterThan(1000);
    }

    private static Object[] elements(Random random, int depth) {
        Object[] elements = new Object[random.nextInt(4)];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = depth > 0 && random.nextInt(4) == 0
                    ? new ArrayList<>(Arrays.asList(elements(random, depth - 1)))
                    : random.ints(random.nextInt(3), 0, 6)
                            .mapToObj(letter -> ",]\\:s[".substring(letter, letter + 1))
                            .reduce("", String::concat);
        }
        return elements;
    }

    @Test
    void keysThatAreEqualHaveOneText() {
        assertThat(text(new SimpleKey("a", 1))).isEqualTo(text(new SimpleKey("a", 1)));
        assertThat(text(new SimpleKey(new int[] {1}, "a"))).isEqualTo(text(new SimpleKey(new int[] {1}, "a")));
        assertThat(text(new ArrayList<>(List.of("a")))).isEqualTo(text(List.of("a")));
    }

    @Test
    void aKeyCanBeRead() {
        assertThat(text("978-3")).isEqualTo("s:978-3");
        assertThat(text(new SimpleKey("ada", 2, Month.MAY))).isEqualTo("key[s:ada,i:2,java.time.Month:MAY,]");
    }

    static List<Object> keysWithoutText() {
        return List.of(
                Set.of("a"),
                Map.of("a", "b"),
                new AtomicInteger(1),
                new Object(),
                List.of(new Object()),
                new SimpleKey("a", new Secret(Secrets.VALUE)));
    }

    record Secret(String value) {}

    @ParameterizedTest
    @MethodSource("keysWithoutText")
    void anotherTypeIsRefusedWithoutItsValue(Object key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> text(key))
                .withMessageContainingAll("A key of the cache 'books'", "Choose another key")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(Secrets.VALUE));
    }
}
