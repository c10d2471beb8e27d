package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.kvstore.Expiry;
import dev.kvstore.KvCodec;
import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvLimitException;
import dev.kvstore.KvTypeException;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code increment} adds to a decimal number that is stored as text. */
abstract class CounterContract extends ContractPart {

    private static final Instant END = Instant.parse("2026-01-02T00:00:00Z");

    CounterContract(KvStoreContract contract) {
        super(contract);
    }

    private KvEntry<String> entry() {
        return group.entry("key").orElseThrow();
    }

    @Test
    void anAbsentCounterStartsAtZero() {
        assertThat(group.increment("key", 5)).isEqualTo(5);
        assertThat(group.get("key")).contains("5");
    }

    @Test
    void everyIncrementAddsAndReturnsTheSum() {
        assertThat(group.increment("key", 1)).isEqualTo(1);
        assertThat(group.increment("key", 41)).isEqualTo(42);
        assertThat(group.increment("key", -50)).isEqualTo(-8);
        assertThat(group.increment("key", 8)).isZero();
        assertThat(group.increment("key", 0)).isZero();
        assertThat(group.get("key")).contains("0");
    }

    @Test
    void anIncrementByZeroCreatesACounter() {
        assertThat(group.increment("key", 0)).isZero();
        assertThat(group.get("key")).contains("0");
    }

    @Test
    void aNumberThatWasSetAsTextIsACounter() {
        group.set("key", "-41");

        assertThat(group.increment("key", -1)).isEqualTo(-42);
        assertThat(group.get("key")).contains("-42");
    }

    @Test
    void aNewCounterDoesNotExpireUnlessTheCallSaysSo() {
        group.increment("never", 1);
        group.increment("keep", 1, Expiry.keep());
        group.increment("at", 1, Expiry.at(END));

        assertThat(group.entry("never").flatMap(KvEntry::expiresAt)).isEmpty();
        assertThat(group.entry("keep").flatMap(KvEntry::expiresAt)).isEmpty();
        assertThat(group.entry("at").flatMap(KvEntry::expiresAt)).contains(END);
    }

    @Test
    void anIncrementNeverChangesTheExpiryOfALiveCounter() {
        group.increment("key", 1, Expiry.at(END));

        group.increment("key", 1);
        assertThat(entry().expiresAt()).contains(END);
        group.increment("key", 1, Expiry.after(MINUTE));
        assertThat(entry().expiresAt()).contains(END);
        group.increment("key", 1, Expiry.never());
        assertThat(entry().expiresAt()).contains(END);

        group.set("key", "1");
        group.increment("key", 1, Expiry.after(MINUTE));
        assertThat(entry().expiresAt()).isEmpty();
    }

    @Test
    void anExpiredCounterStartsAgainWithTheExpiryOfANewOne() {
        group.increment("key", 5, Expiry.after(MINUTE));
        clock.advance(MINUTE.plusMillis(1));

        assertThat(group.increment("key", 2, Expiry.at(END))).isEqualTo(2);
        assertThat(entry().expiresAt()).contains(END);
    }

    @Test
    void anExpiredTextThatIsNoNumberIsAbsent() {
        group.set("key", VALUE, MINUTE);
        clock.advance(MINUTE.plusMillis(1));

        assertThat(group.increment("key", 2)).isEqualTo(2);
    }

    @Test
    void aCounterReachesBothEndsOfTheRangeOfALong() {
        assertThat(group.increment("greatest", Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(group.increment("least", Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
        assertThat(group.increment("greatest", Long.MIN_VALUE)).isEqualTo(-1);
        assertThat(group.increment("least", Long.MAX_VALUE)).isEqualTo(-1);
        assertThat(group.get("least")).contains("-1");
    }

    @Test
    void aSumBeyondALongIsRefusedAndChangesNothing() {
        group.set("greatest", Long.toString(Long.MAX_VALUE), MINUTE);
        group.set("least", Long.toString(Long.MIN_VALUE), MINUTE);
        KvEntry<String> greatest = group.entry("greatest").orElseThrow();
        KvEntry<String> least = group.entry("least").orElseThrow();

        for (long delta : new long[] {1, Long.MAX_VALUE}) {
            assertThatExceptionOfType(KvLimitException.class)
                    .isThrownBy(() -> group.increment("greatest", delta))
                    .withMessageContaining("group/greatest");
        }
        for (long delta : new long[] {-1, Long.MIN_VALUE}) {
            assertThatExceptionOfType(KvLimitException.class)
                    .isThrownBy(() -> group.increment("least", delta))
                    .withMessageContaining("group/least");
        }
        assertThat(group.entry("greatest")).contains(greatest);
        assertThat(group.entry("least")).contains(least);
    }

    @Test
    void otherTextIsRefusedAndChangesNothing() {
        List<String> beyondLong = List.of("9223372036854775808", "-9223372036854775809", "99999999999999999999999999");
        List<String> notCanonical = List.of(" 1", "1 ", "+1", "007", "-0", "--1", "1.0", "1e3", "1,000", "1\u00002");
        List<String> noNumber = List.of("", " ", "-", "one", "0x10", "٣");
        Stream.of(beyondLong, notCanonical, noNumber).flatMap(List::stream).forEach(text -> {
            group.set("key", text, MINUTE);
            KvEntry<String> before = entry();

            assertThatExceptionOfType(KvTypeException.class)
                    .as("'%s'", text)
                    .isThrownBy(() -> group.increment("key", 1))
                    .withMessageContaining("group/key")
                    .withMessageContaining("not a whole number");
            assertThat(entry()).isEqualTo(before);
        });
    }

    @Test
    void aLargeTextIsRefusedAndChangesNothing() {
        for (String text : new String[] {Values.LARGE, "1" + "0".repeat(1_000), "0".repeat(1_000) + "1"}) {
            group.set("key", text, MINUTE);
            KvEntry<String> before = entry();

            assertThatExceptionOfType(KvTypeException.class)
                    .isThrownBy(() -> group.increment("key", 1))
                    .withMessageNotContaining(VALUE);
            assertThat(entry()).isEqualTo(before);
        }
    }

    @Test
    void bytesAreRefusedAndStayAlsoIfTheyAreDigits() {
        KvGroup<byte[]> bytes = kv.group("group", byte[].class);
        for (byte[] value : new byte[][] {{'5'}, {}, new byte[1_000]}) {
            bytes.set("key", value, MINUTE);
            long before = version(bytes);

            assertThatExceptionOfType(KvTypeException.class).isThrownBy(() -> group.increment("key", 1));
            assertThat(bytes.get("key")).contains(value);
            assertThat(version(bytes)).isEqualTo(before);
        }
    }

    @Test
    void aCounterIsReplacedByALargeTextAndBack() {
        group.increment("key", 1);
        group.set("key", Values.LARGE);
        assertThat(group.get("key")).contains(Values.LARGE);

        group.set("key", "41");
        assertThat(group.increment("key", 1)).isEqualTo(42);
    }

    @Test
    void groupsOfLongAndIntegerHaveTheSameCounters() {
        KvGroup<Long> longs = kv.group("group", Long.class);
        KvGroup<Integer> integers = kv.group("group", Integer.class);

        assertThat(longs.increment("key", 1)).isEqualTo(1);
        assertThat(integers.increment("key", 1)).isEqualTo(2);
        assertThat(group.increment("key", 1)).isEqualTo(3);
        longs.set("key", 41L);
        assertThat(group.increment("key", 1)).isEqualTo(42);
        assertThat(integers.get("key")).contains(42);
    }

    @Test
    void inAGroupOfIntegerASumBeyondAnIntegerIsRefusedAndChangesNothing() {
        KvGroup<Integer> integers = kv.group("group", Integer.class);
        assertThat(integers.increment("key", Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
        integers.increment("least", Integer.MIN_VALUE);

        for (long delta : new long[] {1, 1L << 32, Long.MAX_VALUE}) {
            assertThatExceptionOfType(KvLimitException.class)
                    .isThrownBy(() -> integers.increment("key", delta))
                    .withMessageContaining("group/key")
                    .withMessageContaining("2147483647");
        }
        assertThatExceptionOfType(KvLimitException.class).isThrownBy(() -> integers.increment("least", -1));

        assertThat(integers.getAll()).isEqualTo(Map.of("key", Integer.MAX_VALUE, "least", Integer.MIN_VALUE));
        assertThat(kv.group("group", Long.class).increment("key", 1)).isEqualTo(1L << 31);
        assertThat(integers.increment("key", -1)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void inAGroupOfIntegerANewCounterBeyondAnIntegerIsRefusedAndNotSet() {
        KvGroup<Integer> integers = kv.group("group", Integer.class);
        integers.set("expired", 1, MINUTE);
        integers.set("large", 1);
        group.set("large", Values.LARGE, MINUTE);
        clock.advance(MINUTE.plusMillis(1));

        for (String key : List.of("absent", "expired", "large")) {
            for (long delta : new long[] {1L << 31, -(1L << 31) - 1, Long.MIN_VALUE}) {
                assertThatExceptionOfType(KvLimitException.class).isThrownBy(() -> integers.increment(key, delta));
            }
        }
        assertThat(integers.count()).isZero();
        assertThat(integers.increment("expired", Integer.MIN_VALUE)).isEqualTo(Integer.MIN_VALUE);
    }

    @Test
    void anIncrementInAGroupOfAnotherTypeIsRefusedByAnErrorThatNamesTheType() {
        group.set("key", "1");

        for (Class<?> other : List.of(byte[].class, Boolean.class, Instant.class, RoundingMode.class)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> kv.group("group", other).increment("key", 1))
                    .withMessageContaining("Long, Integer or String")
                    .withMessageContaining("'group'")
                    .withMessageContaining(other.getTypeName());
        }
        KvCodec<Long> own = KvCodec.text(Long::toHexString, Long::parseLong);
        assertThatIllegalStateException()
                .isThrownBy(() -> kv.group("group", own).increment("key", 1))
                .withMessageContaining("KvCodec");
        assertThat(group.get("key")).contains("1");
    }

    @Test
    void theVersionOfACounterIsAConditionForOthers() {
        group.increment("key", 1);
        long seen = version(group);
        group.increment("key", 1);

        assertThat(group.compareAndSet("key", seen, "0", Expiry.never())).isEmpty();
        assertThat(group.compareAndSet("key", version(group), "0", Expiry.never()))
                .isPresent();
        assertThat(group.increment("key", 1)).isEqualTo(1);
        assertThat(group.getAndSet("key", "10", Expiry.never())).isEqualTo(Optional.of("1"));
    }
}
