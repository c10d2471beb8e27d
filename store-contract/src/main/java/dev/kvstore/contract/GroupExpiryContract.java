package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kvstore.Expiry;
import dev.kvstore.KvBatch;
import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each write says when its entry expires: never, at a time, after a time, or as before. */
abstract class GroupExpiryContract extends ContractPart {

    private static final Instant END = Instant.parse("2026-01-02T00:00:00Z");

    GroupExpiryContract(KvStoreContract contract) {
        super(contract);
    }

    private static Optional<Instant> end(KvGroup<?> group) {
        return group.entry("key").orElseThrow().expiresAt();
    }

    @TestFactory
    Stream<DynamicTest> neverClearsTheExpiryOfALiveEntry() {
        return Replacement.eachBy(kv, Writing.toLiveEntries(), (way, values) -> {
            values.group().set("key", values.before(), Expiry.at(END));

            way.write(kv, values.group(), values.after(), Expiry.never());

            assertThat(values.entry().value()).isEqualTo(values.after());
            assertThat(values.entry().expiresAt()).isEmpty();
        });
    }

    @TestFactory
    Stream<DynamicTest> keepLeavesTheExpiryOfALiveEntry() {
        return Replacement.eachBy(kv, Writing.toLiveEntries(), (way, values) -> {
            values.group().set("key", values.before(), Expiry.at(END));
            way.write(kv, values.group(), values.after(), Expiry.keep());

            assertThat(values.entry().value()).isEqualTo(values.after());
            assertThat(values.entry().expiresAt()).contains(END);

            values.group().set("key", values.before());
            way.write(kv, values.group(), values.after(), Expiry.keep());

            assertThat(values.entry().value()).isEqualTo(values.after());
            assertThat(values.entry().expiresAt()).isEmpty();
        });
    }

    @TestFactory
    Stream<DynamicTest> keepMeansNeverForANewEntry() {
        return Replacement.eachBy(kv, Writing.toAbsentEntries(), (way, values) -> {
            way.write(kv, values.group(), values.before(), Expiry.keep());

            assertThat(values.entry().expiresAt()).isEmpty();
        });
    }

    @TestFactory
    Stream<DynamicTest> keepMeansNeverWhereAnEntryHasExpired() {
        return Replacement.eachBy(kv, Writing.toAbsentEntries(), (way, values) -> {
            values.group().set("key", values.before(), MINUTE);
            clock.advance(MINUTE.plusMillis(1));

            way.write(kv, values.group(), values.after(), Expiry.keep());

            assertThat(values.entry().value()).isEqualTo(values.after());
            assertThat(values.entry().expiresAt()).isEmpty();
        });
    }

    @TestFactory
    Stream<DynamicTest> anExpiryOfALiveEntryIsReplaced() {
        return Replacement.eachBy(kv, Writing.toLiveEntries(), (way, values) -> {
            values.group().set("key", values.before(), Duration.ofDays(1_000));

            way.write(kv, values.group(), values.after(), Expiry.at(END));

            assertThat(values.entry().expiresAt()).contains(END);
        });
    }

    @TestFactory
    Stream<DynamicTest> aNewEntryGetsItsExpiry() {
        return Replacement.eachBy(kv, Writing.toAbsentEntries(), (way, values) -> {
            way.write(kv, values.group(), values.before(), Expiry.at(END));

            assertThat(values.entry().expiresAt()).contains(END);
        });
    }

    @Test
    void everyExpiryIsRoundedUpToTheNextMillisecond() {
        // The clock stands at 0.4 ms.
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        group.set("key", VALUE, Expiry.after(Duration.ofMillis(1)));
        assertThat(end(group)).contains(start.plusMillis(2));

        group.set("key", VALUE, Expiry.after(Duration.ofNanos(1)));
        assertThat(end(group)).contains(start.plusMillis(1));

        group.set("key", VALUE, Expiry.after(Duration.ofNanos(600_000)));
        assertThat(end(group)).contains(start.plusMillis(1));

        group.set("key", VALUE, Expiry.at(END.plusNanos(1)));
        assertThat(end(group)).contains(END.plusMillis(1));

        group.expire("key", Expiry.at(END.plusNanos(1_000_001)));
        assertThat(end(group)).contains(END.plusMillis(2));

        group.set("key", VALUE, Duration.ofMillis(1));
        assertThat(end(group)).contains(start.plusMillis(2));
    }

    @Test
    void anEndBeyondTheRangeOfTheClockMeansNever() {
        for (Expiry endless : List.of(
                Expiry.after(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999)),
                Expiry.after(Duration.ofMillis(Long.MAX_VALUE)),
                Expiry.at(Instant.MAX))) {
            group.set("key", VALUE, MINUTE);
            group.set("key", VALUE, endless);
            assertThat(end(group)).isEmpty();

            group.set("key", VALUE, MINUTE);
            assertThat(group.expire("key", endless)).isTrue();
            assertThat(end(group)).isEmpty();
        }
    }

    @Test
    void aWriteWithoutAnExpiryMeansNever() {
        List<Consumer<KvGroup<String>>> writes = List.of(
                group -> group.set("key", "after"),
                group -> group.setAll(Map.of("key", "after")),
                group -> group.setIfPresent("key", "after"),
                group -> kv.batch().set(group, "key", "after").commit(),
                group -> kv.set("group", "key", "after"));
        for (Consumer<KvGroup<String>> write : writes) {
            group.set("key", VALUE, MINUTE);
            write.accept(group);

            assertThat(group.get("key")).contains("after");
            assertThat(end(group)).isEmpty();
        }

        group.delete("key");
        group.setIfAbsent("key", VALUE);
        assertThat(end(group)).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> anExpiryThatIsNotAfterNowIsRefusedByEveryWrite() {
        return Replacement.eachBy(kv, Stream.of(Writing.values()), (way, values) -> {
            KvEntry<Object> before = set(values);

            for (Instant past : List.of(clock.instant(), clock.instant().minusNanos(1), Instant.MIN)) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> way.write(kv, values.group(), values.after(), Expiry.at(past)))
                        .withMessageContaining("expiry must be after");
            }
            assertThat(values.entry()).isEqualTo(before);
        });
    }

    private static KvEntry<Object> set(Replacement values) {
        values.group().set("key", values.before(), MINUTE);
        return values.entry();
    }

    @Test
    void anExpiryThatIsNotAfterNowIsRefusedForCountersAndExpireToo() {
        group.set("key", "1", MINUTE);
        KvEntry<String> before = group.entry("key").orElseThrow();
        Expiry past = Expiry.at(clock.instant());

        assertThatIllegalArgumentException().isThrownBy(() -> group.increment("key", 1, past));
        assertThatIllegalArgumentException().isThrownBy(() -> group.increment("absent", 1, past));
        assertThatIllegalArgumentException().isThrownBy(() -> group.expire("key", past));
        assertThatIllegalArgumentException().isThrownBy(() -> group.expire("absent", past));
        assertThatIllegalArgumentException().isThrownBy(() -> group.getAndExpire("key", past));

        assertThat(group.entry("key")).contains(before);
        assertThat(group.count()).isEqualTo(1);
    }

    @Test
    void theStoresClockDecidesWhenAnExpiryIsUsedWhetherItIsInThePast() {
        Expiry end = Expiry.at(clock.instant().plusNanos(1));
        group.set("key", VALUE, end);

        clock.advance(Duration.ofNanos(1));

        assertThatIllegalArgumentException().isThrownBy(() -> group.set("key", "after", end));
        assertThat(group.get("key")).contains(VALUE);
    }

    @Test
    void aBatchChecksItsExpiriesAgainWhenItIsCommitted() {
        KvBatch batch = kv.batch()
                .set(group, "other", VALUE)
                .set(group, "key", VALUE, Expiry.at(clock.instant().plus(MINUTE)));
        clock.advance(MINUTE);

        assertThatIllegalArgumentException().isThrownBy(batch::commit);
        assertThat(group.count()).isZero();
    }

    @Test
    void theTimeToLiveInABatchBeginsWithItsCommit() {
        KvBatch batch = kv.batch().set(group, "key", VALUE, Expiry.after(MINUTE));
        clock.setTo(END);
        batch.commit();

        assertThat(end(group)).contains(END.plus(MINUTE));
    }
}
