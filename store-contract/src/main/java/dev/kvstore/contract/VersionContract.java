package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.Expiry;
import dev.kvstore.KvBatch;
import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each write gives its entry a new version: no two entries ever share one, and those of a key only grow. */
abstract class VersionContract extends ContractPart {

    VersionContract(KvStoreContract contract) {
        super(contract);
    }

    @TestFactory
    Stream<DynamicTest> everyWriteToAnAbsentEntryGivesItAPositiveVersion() {
        return Replacement.eachBy(kv, Writing.toAbsentEntries(), (way, values) -> {
            way.write(kv, values.group(), values.before(), Expiry.never());

            assertThat(values.version()).isPositive();
        });
    }

    @TestFactory
    Stream<DynamicTest> everyWriteToALiveEntryGivesItALargerVersion() {
        return Replacement.eachBy(kv, Writing.toLiveEntries(), (way, values) -> {
            values.group().set("key", values.before());
            long first = values.version();

            way.write(kv, values.group(), values.after(), Expiry.never());
            long second = values.version();
            way.write(kv, values.group(), values.before(), Expiry.keep());

            assertThat(second).isGreaterThan(first);
            assertThat(values.version()).isGreaterThan(second);
        });
    }

    @TestFactory
    Stream<DynamicTest> anEqualValueGetsALargerVersionToo() {
        return Replacement.eachBy(kv, Writing.toLiveEntries(), (way, values) -> {
            values.group().set("key", values.after());
            long first = values.version();

            way.write(kv, values.group(), values.after(), Expiry.never());

            assertThat(values.version()).isGreaterThan(first);
        });
    }

    @Test
    void theMethodsWithoutAnExpiryGiveNewVersionsToo() {
        Map<String, Runnable> writes = Map.of(
                "set", () -> group.set("key", VALUE),
                "set with ttl", () -> group.set("key", VALUE, MINUTE),
                "setAll", () -> group.setAll(Map.of("key", VALUE)),
                "setIfPresent", () -> group.setIfPresent("key", VALUE),
                "flat set", () -> kv.set("group", "key", VALUE),
                "flat set with ttl", () -> kv.set("group", "key", VALUE, MINUTE),
                "batch", () -> kv.batch().set(group, "key", VALUE).commit());
        group.set("key", VALUE);

        writes.forEach((name, write) -> {
            long before = version(group);
            write.run();
            assertThat(version(group)).as(name).isGreaterThan(before);
        });
    }

    @Test
    void anIncrementGivesANewVersionAlsoByZero() {
        group.increment("key", 1);
        long first = version(group);
        group.increment("key", 1);
        long second = version(group);
        group.increment("key", 0);

        assertThat(second).isGreaterThan(first);
        assertThat(version(group)).isGreaterThan(second);
    }

    @TestFactory
    Stream<DynamicTest> aChangeOfTheExpiryGivesANewVersion() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();
            group.set("key", values.before());
            long set = values.version();
            group.expire("key", Expiry.after(MINUTE));
            long expiring = values.version();
            group.getAndExpire("key", Expiry.never());

            assertThat(expiring).isGreaterThan(set);
            assertThat(values.version()).isGreaterThan(expiring);
        });
    }

    @TestFactory
    Stream<DynamicTest> anExpireThatChangesNoExpiryKeepsTheVersion() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();
            group.set("key", values.before());
            long never = values.version();
            group.expire("key", Expiry.never());
            group.getAndExpire("key", Expiry.never());
            group.expire("key", Expiry.keep());
            group.getAndExpire("key", Expiry.keep());
            assertThat(values.version()).isEqualTo(never);

            group.set("key", values.after(), MINUTE);
            long expiring = values.version();
            group.expire("key", Expiry.after(MINUTE));
            group.expire("key", Expiry.at(values.entry().expiresAt().orElseThrow()));
            group.getAndExpire("key", Expiry.after(MINUTE));
            group.getAndExpire("key", Expiry.keep());
            assertThat(values.version()).isEqualTo(expiring);
        });
    }

    @TestFactory
    Stream<DynamicTest> aCallThatDoesNotWriteKeepsTheVersion() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();
            group.set("key", values.before());
            long version = values.version();

            group.setIfAbsent("key", values.after());
            group.getOrSet("key", values.after(), Expiry.never());
            group.compareAndSet("key", 0, values.after(), Expiry.never());
            group.compareAndSet("key", version + 1, values.after(), Expiry.never());
            group.compareAndDelete("key", version + 1);
            kv.batch().check(group, "key", 0).set(group, "key", values.after()).commit();

            assertThat(values.version()).isEqualTo(version);
            assertThat(group.get("key")).contains(values.before());
        });
    }

    @TestFactory
    Stream<DynamicTest> aVersionGrowsOverEveryKindOfDelete() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();
            List<Runnable> deletes = List.of(
                    () -> group.delete("key"),
                    () -> group.compareAndDelete("key", values.version()),
                    () -> group.getAndDelete("key"),
                    () -> group.update("key", Expiry.never(), before -> Optional.empty()),
                    () -> group.deleteAll(List.of("key")),
                    () -> group.deleteAll(KvRange.all()),
                    group::clear,
                    () -> kv.batch().delete(group, "key").commit());
            group.set("key", values.before());
            for (Runnable delete : deletes) {
                long before = values.version();
                delete.run();
                group.set("key", values.after());

                assertThat(values.version()).isGreaterThan(before);
                assertThat(group.compareAndSet("key", before, values.before(), Expiry.never()))
                        .isEmpty();
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> aVersionGrowsOverExpiryAndPurge() {
        return Replacement.each(kv, values -> {
            values.group().set("key", values.before(), MINUTE);
            long first = values.version();
            clock.advance(MINUTE.multipliedBy(2));
            values.group().set("key", values.after(), MINUTE);
            long second = values.version();
            clock.advance(MINUTE.multipliedBy(2));
            kv.purgeExpired();
            values.group().set("key", values.before());

            assertThat(second).isGreaterThan(first);
            assertThat(values.version()).isGreaterThan(second);
        });
    }

    @Test
    void noTwoEntriesEverShareAVersion() {
        KvGroup<ByteBuffer> bytes = kv.group("bytes", Values.BYTES);
        List<Long> versions = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            Map<String, String> all = new HashMap<>();
            for (int i = 0; i < 300; i++) {
                all.put("key " + i, i % 3 == 0 ? Values.LARGE : VALUE);
            }
            group.setAll(all);
            KvBatch batch = kv.batch();
            all.forEach((key, value) -> batch.set(bytes, key, Values.bytes(value)));
            batch.commit();
            group.increment("counter", 1);
            group.expire("key 1", Expiry.after(MINUTE));
            Stream.concat(group.entries(KvRange.all()), bytes.entries(KvRange.all()))
                    .map(KvEntry::version)
                    .forEach(versions::add);
            group.clear();
            bytes.clear();
        }

        assertThat(versions).hasSize(3 * 601).doesNotHaveDuplicates();
    }

    @TestFactory
    Stream<DynamicTest> everyReadOfAnEntryReturnsTheSameVersion() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();
            group.set("key", values.before());
            long version = group.compareAndSet("key", values.version(), values.after(), Expiry.after(MINUTE))
                    .orElseThrow();
            KvEntry<Object> entry = values.entry();

            assertThat(entry.version()).isEqualTo(version);
            assertThat(group.page(KvRange.all()).entries()).containsExactly(entry);
            assertThat(group.page(KvRange.all().reversed()).entries()).containsExactly(entry);
            assertThat(group.entries(KvRange.all())).containsExactly(entry);
        });
    }
}
