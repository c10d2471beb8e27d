package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.Expiry;
import dev.kvstore.KvBatch;
import dev.kvstore.KvGroup;
import dev.kvstore.KvNotFoundException;
import dev.kvstore.KvRange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** An entry is live if it has no expiry or one later than now; any other is absent for every method. */
abstract class LiveContract extends ContractPart {

    LiveContract(KvStoreContract contract) {
        super(contract);
    }

    /** Leaves the row of an expired entry. Returns the version that it had. */
    private long expire(Replacement values) {
        values.group().set("key", values.before(), MINUTE);
        long version = values.version();
        clock.advance(MINUTE.plusMillis(1));
        return version;
    }

    @Test
    void anEntryIsLiveUntilTheClockReachesItsExpiry() {
        Instant end = Instant.parse("2026-01-02T00:00:00Z");
        group.set("key", VALUE, Expiry.at(end));

        clock.setTo(end.minusNanos(1));
        assertThat(group.contains("key")).isTrue();

        clock.setTo(end);
        assertThat(group.contains("key")).isFalse();
    }

    @Test
    void anEntryWithoutExpiryIsLiveForever() {
        group.set("key", VALUE);
        clock.advance(Duration.ofDays(365_000_000));

        assertThat(group.get("key")).contains(VALUE);
    }

    @Test
    void anExpiredEntryIsLiveAgainWhenTheClockIsSetBack() {
        group.set("key", VALUE, MINUTE);
        clock.advance(MINUTE.multipliedBy(2));
        assertThat(group.get("key")).isEmpty();

        clock.advance(MINUTE.multipliedBy(-2));

        assertThat(group.get("key")).contains(VALUE);
    }

    @TestFactory
    Stream<DynamicTest> anEntryBeforeItsExpiryIsPresentForEveryRead() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();
            group.set("key", values.before(), MINUTE);
            clock.advance(MINUTE.minusMillis(1));

            assertThat(group.get("key")).contains(values.before());
            assertThat(group.require("key")).isEqualTo(values.before());
            assertThat(group.entry("key")).isPresent();
            assertThat(group.contains("key")).isTrue();
            assertThat(group.getAll()).containsEntry("key", values.before());
            assertThat(group.getAll(List.of("key"))).containsEntry("key", values.before());
            assertThat(group.count()).isEqualTo(1);
            assertThat(group.count(KvRange.prefix("k"))).isEqualTo(1);
            assertThat(group.page(KvRange.all()).entries()).hasSize(1);
            assertThat(group.entries(KvRange.all())).hasSize(1);
            assertThat(group.keys(KvRange.all())).containsExactly("key");
            assertThat(kv.groups(group.name())).containsExactly(group.name());
        });
    }

    @TestFactory
    Stream<DynamicTest> anExpiredEntryIsAbsentForEveryRead() {
        return Replacement.each(kv, values -> {
            expire(values);

            KvGroup<Object> group = values.group();
            assertThat(group.get("key")).isEmpty();
            assertThatExceptionOfType(KvNotFoundException.class).isThrownBy(() -> group.require("key"));
            assertThat(group.entry("key")).isEmpty();
            assertThat(group.contains("key")).isFalse();
            assertThat(group.getAll()).isEmpty();
            assertThat(group.getAll(List.of("key"))).isEmpty();
            assertThat(group.count()).isZero();
            assertThat(group.count(KvRange.prefix("k"))).isZero();
            assertThat(group.page(KvRange.all()).entries()).isEmpty();
            assertThat(group.entries(KvRange.all().reversed())).isEmpty();
            assertThat(group.keys(KvRange.all())).isEmpty();
            assertThat(kv.groups(group.name())).isEmpty();
        });
    }

    @TestFactory
    Stream<DynamicTest> everyWriteToAnAbsentEntryReplacesAnExpiredOne() {
        return Replacement.eachBy(kv, Writing.toAbsentEntries(), (way, values) -> {
            long expired = expire(values);

            way.write(kv, values.group(), values.after(), Expiry.never());

            assertThat(values.entry().value()).isEqualTo(values.after());
            assertThat(values.entry().expiresAt()).isEmpty();
            assertThat(values.version()).isGreaterThan(expired);
        });
    }

    @TestFactory
    Stream<DynamicTest> conditionsFindAnExpiredEntryAbsent() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();
            expire(values);
            assertThat(group.setIfPresent("key", values.after())).isFalse();
            assertThat(group.setIfPresent("key", values.after(), Expiry.keep())).isFalse();
            assertThat(group.contains("key")).isFalse();
            assertThat(group.setIfAbsent("key", values.after())).isTrue();

            expire(values);
            assertThat(group.getOrSet("key", values.after(), Expiry.never())).isEmpty();

            expire(values);
            assertThat(group.compareAndSet("key", 0, values.after(), Expiry.never()))
                    .isPresent();

            expire(values);
            KvBatch batch = kv.batch().check(group, "key", 0).set(group, "key", values.after());
            assertThat(batch.commit()).isTrue();
            assertThat(group.get("key")).contains(values.after());
        });
    }

    @TestFactory
    Stream<DynamicTest> theVersionOfAnExpiredEntryMatchesNothing() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();
            long expired = expire(values);

            assertThat(group.compareAndSet("key", expired, values.after(), Expiry.never()))
                    .isEmpty();
            assertThat(group.compareAndDelete("key", expired)).isFalse();
            KvBatch batch = kv.batch().check(group, "key", expired).set(group, "key", values.after());
            assertThat(batch.commit()).isFalse();
            assertThat(group.contains("key")).isFalse();
        });
    }

    @TestFactory
    Stream<DynamicTest> methodsThatReturnTheOldValueFindAnExpiredEntryAbsent() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();
            expire(values);
            assertThat(group.getAndSet("key", values.after(), Expiry.never())).isEmpty();

            expire(values);
            assertThat(group.getAndExpire("key", Expiry.never())).isEmpty();
            assertThat(group.getAndExpire("key", Expiry.keep())).isEmpty();
            assertThat(group.getAndDelete("key")).isEmpty();

            expire(values);
            group.update("key", Expiry.never(), before -> {
                assertThat(before).isEmpty();
                return Optional.of(values.after());
            });
            assertThat(group.get("key")).contains(values.after());
        });
    }

    @TestFactory
    Stream<DynamicTest> anExpiryCannotBringAnExpiredEntryBack() {
        return Replacement.each(kv, values -> {
            expire(values);

            assertThat(values.group().expire("key", Expiry.never())).isFalse();
            assertThat(values.group().expire("key", Expiry.after(MINUTE))).isFalse();
            assertThat(values.group().expire("key", Expiry.keep())).isFalse();
            assertThat(values.group().contains("key")).isFalse();
        });
    }

    @TestFactory
    Stream<DynamicTest> anIncrementOfAnExpiredEntryStartsAtZero() {
        return Replacement.each(kv, values -> {
            expire(values);

            KvGroup<String> counters = kv.group(values.group().name());
            assertThat(counters.increment("key", 5)).isEqualTo(5);
            assertThat(counters.entry("key").orElseThrow().expiresAt()).isEmpty();
            assertThat(counters.get("key")).contains("5");
        });
    }

    @TestFactory
    Stream<DynamicTest> deletesDoNotCountAnExpiredEntry() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();
            expire(values);
            assertThat(group.delete("key")).isFalse();

            expire(values);
            assertThat(group.deleteAll(List.of("key"))).isZero();

            expire(values);
            assertThat(group.deleteAll(KvRange.prefix("k"))).isZero();

            expire(values);
            assertThat(group.clear()).isZero();
        });
    }

    @TestFactory
    Stream<DynamicTest> anExpiredEntryThatWasDeletedDoesNotReturnWhenTheClockIsSetBack() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();
            List<Runnable> deletes = List.of(
                    () -> group.delete("key"),
                    () -> group.getAndDelete("key"),
                    () -> group.deleteAll(List.of("key")),
                    () -> group.deleteAll(KvRange.prefix("k")),
                    group::clear,
                    () -> kv.batch().delete(group, "key").commit());
            for (Runnable delete : deletes) {
                expire(values);
                delete.run();
                clock.advance(MINUTE.multipliedBy(-2));

                assertThat(group.contains("key")).isFalse();
            }
        });
    }
}
