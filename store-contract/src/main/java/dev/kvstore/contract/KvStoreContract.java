package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import dev.kvstore.KvLimitException;
import dev.kvstore.KvNotFoundException;
import dev.kvstore.KvStore;
import dev.kvstore.test.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.EmptyResultDataAccessException;

/**
 * The behaviour of every store, independent of its engine. The tests of an engine extend this class:
 *
 * <pre>{@code
 * class MemoryStoreTest extends KvStoreContract {
 *
 *     @Override
 *     protected KvStore openStore(InstantSource clock) {
 *         return SqliteKvStore.builder().inMemory().clock(clock).build();
 *     }
 *
 *     @Override
 *     protected void closeStore(KvStore store) {
 *         ((SqliteKvStore) store).close();
 *     }
 * }
 * }</pre>
 *
 * @since 0.1
 */
public abstract class KvStoreContract {

    /** Part of values and templates, and forbidden in messages and logs: an engine can search its log for it. */
    public static final String VALUE = "s3cret";

    private final TestClock clock = TestClock.standingAt(Instant.parse("2026-01-01T00:00:00.0004Z"));
    private KvStore kv;

    /** Opens a new, empty store with the given clock and the default limits. */
    protected abstract KvStore openStore(InstantSource clock);

    /** Closes a store, which may be closed already. */
    protected abstract void closeStore(KvStore store);

    @BeforeEach
    void open() {
        kv = openStore(clock::instant);
    }

    @AfterEach
    void close() {
        closeStore(kv);
    }

    @Nested
    class Entries {

        @Test
        void anAbsentEntryIsEmpty() {
            assertThat(kv.get("group", "key")).isEmpty();
        }

        @Test
        void aSetValueIsReturned() {
            kv.set("group", "key", VALUE);

            assertThat(kv.get("group", "key")).contains(VALUE);
            assertThat(kv.require("group", "key")).isEqualTo(VALUE);
        }

        @Test
        void requireOfAnAbsentEntryThrowsAnErrorThatNamesIt() {
            assertThatExceptionOfType(KvNotFoundException.class)
                    .isThrownBy(() -> kv.require("group", "key"))
                    .withMessageContaining("group/key")
                    .isInstanceOf(EmptyResultDataAccessException.class);
        }

        @Test
        void setTwiceKeepsOneEntryWithTheLastValue() {
            kv.set("group", "key", "first");
            kv.set("group", "key", "last");

            assertThat(kv.get("group", "key")).contains("last");
            assertThat(kv.count("group")).isEqualTo(1);
        }

        @Test
        void deleteReturnsWhetherTheEntryExisted() {
            kv.set("group", "key", VALUE);

            assertThat(kv.delete("group", "key")).isTrue();
            assertThat(kv.delete("group", "key")).isFalse();
            assertThat(kv.get("group", "key")).isEmpty();
        }
    }

    @Nested
    class Groups {

        @Test
        void theSameKeyInTwoGroupsIsTwoEntries() {
            kv.set("a", "key", "in a");
            kv.set("b", "key", "in b");

            assertThat(kv.get("a", "key")).contains("in a");
            assertThat(kv.get("b", "key")).contains("in b");
        }

        @Test
        void deleteInOneGroupLeavesTheOther() {
            kv.set("a", "key", "in a");
            kv.set("b", "key", "in b");

            kv.delete("a", "key");

            assertThat(kv.get("b", "key")).contains("in b");
        }

        @Test
        void deleteGroupLeavesOtherGroupsAndReturnsTheNumberOfEntries() {
            kv.set("a", "1", "x");
            kv.set("a", "2", "x");
            kv.set("ab", "1", "x");

            assertThat(kv.deleteGroup("a")).isEqualTo(2);
            assertThat(kv.count("a")).isZero();
            assertThat(kv.count("ab")).isEqualTo(1);
            assertThat(kv.deleteGroup("a")).isZero();
        }

        @Test
        void aGroupThatWasNeverSetIsEmpty() {
            assertThat(kv.count("nowhere")).isZero();
            assertThat(kv.getAll("nowhere")).isEmpty();
        }

        @Test
        void getAllReturnsOneGroupOnly() {
            kv.set("a", "key", "in a");
            kv.set("b", "other", "in b");

            assertThat(kv.getAll("a")).containsExactly(entry("key", "in a"));
        }

        @Test
        void getAllIsOrderedByTheUtf8BytesOfTheKeys() {
            // In order of UTF-16 units, as String compares, the emoji would precede the full-width letter.
            List<String> keys = List.of("", "!", "10", "9", "B", "a", "a\u0000", "aa", "é", "漢", "Ａ", "🎉");
            keys.stream().sorted().forEach(key -> kv.set("group", key, "value of " + key));

            List<String> byBytes = keys.stream()
                    .sorted((left, right) -> Arrays.compareUnsigned(
                            left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8)))
                    .toList();
            assertThat(kv.getAll("group").keySet()).containsExactlyElementsOf(byBytes);
            assertThat(kv.getAll("group")).containsEntry("a\u0000", "value of a\u0000");
        }

        @Test
        void getAllCannotBeModified() {
            kv.set("group", "key", VALUE);

            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(() -> kv.getAll("group").clear());
        }
    }

    @Nested
    class Strings {

        static Stream<String> unusual() {
            return Stream.of(
                    "",
                    " ",
                    "  leading and trailing  ",
                    "line\nbreak\r\nand\ttab",
                    "naïve café",
                    "漢字かな交じり文",
                    "مرحبا بالعالم",
                    "👩‍👩‍👧‍👦 🎉",
                    "\uFEFFbyte order mark",
                    "nul\u0000inside\u0000",
                    "'; DROP TABLE kv;--",
                    "\\ backslash \" quote ' apostrophe ` tick",
                    "100% _underscore_ *star* ?",
                    "${key} [(${key})] __${key}__");
        }

        @ParameterizedTest
        @MethodSource("unusual")
        void anyTextIsAValidGroupKeyAndValue(String text) {
            kv.set("neighbour", "key", "untouched");
            kv.set(text, text, text);

            assertThat(kv.get(text, text)).contains(text);
            assertThat(kv.getAll(text)).containsExactly(entry(text, text));
            assertThat(kv.count(text)).isEqualTo(1);
            assertThat(kv.delete(text, text)).isTrue();
            assertThat(kv.get("neighbour", "key")).contains("untouched");
        }

        @Test
        void textsThatDifferAfterANulAreDifferentKeys() {
            kv.set("group", "a\u0000b", "1");
            kv.set("group", "a\u0000c", "2");

            assertThat(kv.get("group", "a\u0000b")).contains("1");
            assertThat(kv.get("group", "a")).isEmpty();
        }

        @Test
        void composedAndDecomposedAccentsAreDifferentKeys() {
            kv.set("group", "\u00e9", "composed");
            kv.set("group", "e\u0301", "decomposed");

            assertThat(kv.getAll("group")).hasSize(2);
        }

        @Test
        void longKeysGroupsAndValuesAreReturnedExactly() {
            String name = "n".repeat(9_999) + "é";
            String value = "漢🎉x".repeat(25_000);
            kv.set(name, name, value);

            assertThat(kv.get(name, name)).contains(value);
            assertThat(kv.getAll(name)).containsEntry(name, value);
        }
    }

    @Nested
    @NullUnmarked
    class BadInput {

        static Stream<Arguments> calls() {
            return Stream.of(
                    call("get group", (kv, bad) -> kv.get(bad, "key")),
                    call("get key", (kv, bad) -> kv.get("group", bad)),
                    call("require group", (kv, bad) -> kv.require(bad, "key")),
                    call("require key", (kv, bad) -> kv.require("group", bad)),
                    call("set group", (kv, bad) -> kv.set(bad, "key", VALUE)),
                    call("set key", (kv, bad) -> kv.set("group", bad, VALUE)),
                    call("set value", (kv, bad) -> kv.set("group", "key", bad)),
                    call("set with ttl group", (kv, bad) -> kv.set(bad, "key", VALUE, Duration.ofDays(1))),
                    call("set with ttl key", (kv, bad) -> kv.set("group", bad, VALUE, Duration.ofDays(1))),
                    call("set with ttl value", (kv, bad) -> kv.set("group", "key", bad, Duration.ofDays(1))),
                    call("delete group", (kv, bad) -> kv.delete(bad, "key")),
                    call("delete key", (kv, bad) -> kv.delete("group", bad)),
                    call("count", KvStore::count),
                    call("getAll", KvStore::getAll),
                    call("deleteGroup", KvStore::deleteGroup),
                    call("render template", (kv, bad) -> kv.render(bad, "group")),
                    call("render group", (kv, bad) -> kv.render("template", bad)),
                    call("renderNamed name", (kv, bad) -> kv.renderNamed(bad, "group")),
                    call("renderNamed group", (kv, bad) -> kv.renderNamed("name", bad)));
        }

        private static Arguments call(String name, BiConsumer<KvStore, String> call) {
            return Arguments.of(name, call);
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("calls")
        void nullIsRefused(String name, BiConsumer<KvStore, String> call) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> call.accept(kv, null))
                    .withMessageContaining("must not be null");
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("calls")
        void anUnpairedSurrogateIsRefusedAndTheTextNotRepeated(String name, BiConsumer<KvStore, String> call) {
            for (String bad : List.of("secret\uD83C", "\uDF89secret", "\uD83Csecret", "\uDF89\uD83C")) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> call.accept(kv, bad))
                        .withMessageContaining("unpaired surrogate")
                        .withMessageNotContaining("secret");
            }
        }

        static Stream<Arguments> callsWithAGroup() {
            return calls().filter(call -> {
                String name = (String) call.get()[0];
                return name.endsWith(" group") || !name.contains(" ");
            });
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("callsWithAGroup")
        void aGroupThatBeginsWithNulIsTheStoresOwn(String name, BiConsumer<KvStore, String> call) {
            for (String own : List.of("\u0000", "\u0000store", "\u0000\u0000")) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> call.accept(kv, own))
                        .withMessageContaining("must not begin with U+0000");
            }
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("calls")
        void invalidTextIsRefusedBeforeTheStoreIsAccessed(String name, BiConsumer<KvStore, String> call) {
            closeStore(kv);

            assertThatIllegalArgumentException().isThrownBy(() -> call.accept(kv, null));
        }

        @Test
        void refusedTextChangesNothing() {
            kv.set("group", "key", "before");

            assertThatIllegalArgumentException().isThrownBy(() -> kv.set("group", "key", "\uD83C"));

            assertThat(kv.get("group", "key")).contains("before");
            assertThat(kv.count("group")).isEqualTo(1);
        }

        @Test
        void aTtlThatIsNullZeroOrNegativeIsRefused() {
            kv.set("group", "key", "before");

            for (Duration bad : Arrays.asList(null, Duration.ZERO, Duration.ofMillis(-1), Duration.ofNanos(-1))) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> kv.set("group", "key", "after", bad))
                        .withMessageContaining("ttl must");
            }
            assertThat(kv.get("group", "key")).contains("before");
        }
    }

    @Nested
    class Limits {

        @Test
        void aGroupKeyAndValueOfTheMaximumLengthAreAccepted() {
            String name = "é".repeat(32 * 1024);
            kv.set(name, name, "v".repeat(16 * 1024 * 1024));

            assertThat(kv.require(name, name)).hasSize(16 * 1024 * 1024);
        }

        @Test
        void oneByteMoreIsRefusedWithAnErrorThatNamesTheLimit() {
            String name = "é".repeat(32 * 1024) + "k";
            String value = VALUE + "v".repeat(16 * 1024 * 1024 - 5);

            assertThatExceptionOfType(KvLimitException.class)
                    .isThrownBy(() -> kv.set(name, "key", VALUE))
                    .withMessageContaining("65536 bytes")
                    .withMessageContaining("kvstore.max-key-size");
            assertThatExceptionOfType(KvLimitException.class)
                    .isThrownBy(() -> kv.set("group", name, VALUE))
                    .withMessageContaining("group/é")
                    .withMessageContaining("kvstore.max-key-size");
            assertThatExceptionOfType(KvLimitException.class)
                    .isThrownBy(() -> kv.set("group", "key", value))
                    .withMessageContaining("group/key")
                    .withMessageContaining("16777216 bytes")
                    .withMessageContaining("kvstore.max-value-size")
                    .withMessageNotContaining("s3cret");
            assertThat(kv.count("group")).isZero();
        }

        @Test
        void readsAndDeletesAcceptNamesOfAnyLength() {
            String name = "n".repeat(100_000);

            assertThat(kv.get(name, name)).isEmpty();
            assertThat(kv.getAll(name)).isEmpty();
            assertThat(kv.count(name)).isZero();
            assertThat(kv.delete(name, name)).isFalse();
            assertThat(kv.deleteGroup(name)).isZero();
        }

        @Test
        void namesInMessagesAreCutAndCannotForgeALogLine() {
            String name = "a\nINFO forged\u202E" + "x".repeat(300);

            assertThatExceptionOfType(KvNotFoundException.class)
                    .isThrownBy(() -> kv.require("group", name))
                    .withMessageContaining("group/a\\u000AINFO forged\\u202Ex")
                    .satisfies(e -> assertThat(e.getMessage())
                            .doesNotContain("\n", "\u202E")
                            .hasSizeLessThan(250));
        }
    }

    @Nested
    class Expiry {

        @Test
        void anEntryLivesUntilItsTtlHasPassed() {
            kv.set("group", "key", VALUE, Duration.ofSeconds(10));

            clock.advance(Duration.ofMillis(9_999));
            assertThat(kv.get("group", "key")).contains(VALUE);

            clock.advance(Duration.ofMillis(2));
            assertThat(kv.get("group", "key")).isEmpty();
        }

        @Test
        void theEndOfATtlIsRoundedUpToAMillisecondAtWhichTheEntryIsExpired() {
            // The clock starts at 0.4 ms, so that the ttl ends at 1.4 ms.
            kv.set("group", "key", VALUE, Duration.ofMillis(1));

            clock.advance(Duration.ofNanos(1_599_999));
            assertThat(kv.get("group", "key")).contains(VALUE);

            clock.advance(Duration.ofNanos(1));
            assertThat(kv.get("group", "key")).isEmpty();
        }

        @Test
        void anEntryBeforeItsExpiryExistsForEveryMethod() {
            kv.set("group", "key", VALUE, Duration.ofSeconds(2));
            clock.advance(Duration.ofSeconds(1));

            assertThat(kv.get("group", "key")).contains(VALUE);
            assertThat(kv.require("group", "key")).isEqualTo(VALUE);
            assertThat(kv.count("group")).isEqualTo(1);
            assertThat(kv.getAll("group")).containsOnlyKeys("key");
            assertThat(kv.render("[(${key})]", "group")).isEqualTo(VALUE);
            assertThat(kv.purgeExpired()).isZero();
            assertThat(kv.delete("group", "key")).isTrue();

            kv.set("group", "key", VALUE, Duration.ofSeconds(2));
            assertThat(kv.deleteGroup("group")).isEqualTo(1);
        }

        @Test
        void anExpiredEntryIsAbsentForEveryMethod() {
            kv.set("group", "dead", VALUE, Duration.ofSeconds(1));
            kv.set("group", "alive", VALUE);
            clock.advance(Duration.ofSeconds(2));

            assertThat(kv.get("group", "dead")).isEmpty();
            assertThatExceptionOfType(KvNotFoundException.class).isThrownBy(() -> kv.require("group", "dead"));
            assertThat(kv.count("group")).isEqualTo(1);
            assertThat(kv.getAll("group")).containsOnlyKeys("alive");
            assertThat(kv.render("[(${dead})]|[(${alive})]", "group")).isEqualTo("|" + VALUE);
            assertThat(kv.delete("group", "dead")).isFalse();
            assertThat(kv.deleteGroup("group")).isEqualTo(1);
        }

        @Test
        void setWithoutTtlClearsAnEarlierExpiry() {
            kv.set("group", "key", VALUE, Duration.ofSeconds(1));
            kv.set("group", "key", VALUE);
            clock.advance(Duration.ofDays(1));

            assertThat(kv.get("group", "key")).contains(VALUE);
        }

        @Test
        void setWithTtlReplacesAnEarlierExpiry() {
            kv.set("group", "key", "first", Duration.ofSeconds(1));
            kv.set("group", "key", "second", Duration.ofSeconds(10));
            clock.advance(Duration.ofSeconds(5));

            assertThat(kv.get("group", "key")).contains("second");
        }

        @Test
        void anExpiredEntryCanBeSetAgain() {
            kv.set("group", "key", "first", Duration.ofSeconds(1));
            clock.advance(Duration.ofSeconds(2));
            kv.set("group", "key", "second");

            assertThat(kv.get("group", "key")).contains("second");
        }

        @Test
        void aTtlTooLongToCountMeansForEver() {
            kv.set("group", "longest", VALUE, Duration.ofSeconds(Long.MAX_VALUE, 999_999_999));
            kv.set("group", "beyond milliseconds", VALUE, Duration.ofMillis(Long.MAX_VALUE));
            clock.advance(Duration.ofDays(365_000_000));

            assertThat(kv.count("group")).isEqualTo(2);
            assertThat(kv.purgeExpired()).isZero();
        }

        @Test
        void aReadDeletesNothing() {
            kv.set("group", "key", VALUE, Duration.ofSeconds(1));
            clock.advance(Duration.ofSeconds(2));

            assertThat(kv.get("group", "key")).isEmpty();
            assertThat(kv.getAll("group")).isEmpty();
            assertThat(kv.count("group")).isZero();

            assertThat(kv.purgeExpired()).isEqualTo(1);
        }

        @Test
        void deletedEntriesDoNotReturnWhenTheClockIsSetBack() {
            kv.set("group", "one", VALUE, Duration.ofSeconds(1));
            kv.set("other", "two", VALUE, Duration.ofSeconds(1));
            clock.advance(Duration.ofSeconds(2));
            kv.delete("group", "one");
            kv.deleteGroup("other");

            clock.advance(Duration.ofSeconds(-2));

            assertThat(kv.get("group", "one")).isEmpty();
            assertThat(kv.get("other", "two")).isEmpty();
        }
    }

    @Nested
    class Purge {

        @Test
        void removesExpiredRowsOfAllGroupsAndReturnsTheirNumber() {
            kv.set("a", "dead", VALUE, Duration.ofSeconds(1));
            kv.set("b", "dead", VALUE, Duration.ofSeconds(1));
            kv.set("b", "later", VALUE, Duration.ofSeconds(10));
            kv.set("b", "never", VALUE);
            clock.advance(Duration.ofSeconds(2));

            assertThat(kv.purgeExpired()).isEqualTo(2);
            assertThat(kv.purgeExpired()).isZero();
            assertThat(kv.getAll("b")).containsOnlyKeys("later", "never");
        }

        @Test
        void continuesUntilAllExpiredRowsAreRemoved() {
            for (int i = 0; i < 1_200; i++) {
                kv.set("group", "key " + i, VALUE, Duration.ofSeconds(1));
            }
            clock.advance(Duration.ofSeconds(2));

            assertThat(kv.purgeExpired()).isEqualTo(1_200);
        }
    }

    @Nested
    class Rendering {

        @Test
        void aTemplateSeesTheEntriesOfItsGroup() {
            kv.set("mail", "name", "Ada");
            kv.set("other", "name", "Grace");

            assertThat(kv.render("Dear [(${name})][(${missing})],", "mail")).isEqualTo("Dear Ada,");
        }

        @Test
        void aNamedTemplateIsAResource() {
            kv.set("mail", "name", "Ada");

            assertThat(kv.renderNamed("contract/greeting", "mail")).startsWith("Grüße, Ada!");
        }

        @Test
        void aTemplateIsNeverLookedUpAsAResource() {
            assertThat(kv.render("greeting", "mail")).isEqualTo("greeting");
        }
    }
}
