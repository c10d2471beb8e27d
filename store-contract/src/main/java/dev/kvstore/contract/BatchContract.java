package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.kvstore.Expiry;
import dev.kvstore.KvBatch;
import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvLimitException;
import dev.kvstore.KvTypeException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A batch makes its writes in their order, all of them or none. {@link BatchInputContract} has its arguments. */
abstract class BatchContract extends ContractPart {

    private static final Instant END = Instant.parse("2026-01-02T00:00:00Z");

    private KvGroup<Long> counters;

    BatchContract(KvStoreContract contract) {
        super(contract);
    }

    @BeforeEach
    void openCounters() {
        counters = kv.group("counters", Long.class);
    }

    private Optional<Instant> end(String key) {
        return group.entry(key).orElseThrow().expiresAt();
    }

    @TestFactory
    Stream<DynamicTest> allWritesAreMade() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();
            group.setAll(Map.of("key", values.before(), "deleted", values.before()));
            counters.set("counter", 40L);

            boolean committed = kv.batch()
                    .set(group, "key", values.after())
                    .set(group, "new", values.before(), Expiry.at(END))
                    .delete(group, "deleted")
                    .increment(counters, "counter", 2)
                    .commit();

            assertThat(committed).isTrue();
            assertThat(group.getAll()).isEqualTo(Map.of("key", values.after(), "new", values.before()));
            assertThat(group.entry("new").flatMap(KvEntry::expiresAt)).contains(END);
            assertThat(counters.get("counter")).contains(42L);
        });
    }

    @Test
    void nothingIsWrittenBeforeTheCommit() {
        KvBatch batch = kv.batch().set(group, "key", VALUE).increment(counters, "counter", 1);

        assertThat(group.count() + counters.count()).isZero();
        batch.commit();
        assertThat(group.count() + counters.count()).isEqualTo(2);
    }

    @Test
    void aBatchWithoutOperationsSucceeds() {
        assertThat(kv.batch().commit()).isTrue();
    }

    @Test
    void aBatchOfChecksSaysWhetherTheyAreAllMet() {
        group.set("key", VALUE);
        long version = version(group);

        assertThat(kv.batch()
                        .check(group, "key", version)
                        .check(group, "absent", 0)
                        .commit())
                .isTrue();
        assertThat(kv.batch()
                        .check(group, "key", version)
                        .check(group, "absent", version)
                        .commit())
                .isFalse();
        assertThat(kv.batch().check(group, "key", version + 1).commit()).isFalse();
        assertThat(kv.batch().check(group, "key", 0).commit()).isFalse();
        assertThat(version(group)).isEqualTo(version);
    }

    @TestFactory
    Stream<DynamicTest> nothingIsDoneWhenACheckFails() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();
            group.setAll(Map.of("key", values.before(), "other", values.before()));
            counters.set("key", 1L);
            KvEntry<Object> before = values.entry();
            long counter = version(counters);

            for (long unmet : new long[] {0, before.version() + 1, Long.MAX_VALUE}) {
                boolean committed = kv.batch()
                        .check(group, "absent", 0)
                        .set(group, "key", values.after(), Expiry.at(END))
                        .set(group, "new", values.after())
                        .delete(group, "other")
                        .increment(counters, "key", 1)
                        .check(group, "key", unmet)
                        .commit();

                assertThat(committed).isFalse();
                assertThat(values.entry()).isEqualTo(before);
                assertThat(group.getAll()).containsOnlyKeys("key", "other");
                assertThat(version(counters)).isEqualTo(counter);
            }
        });
    }

    @Test
    void checksSeeTheStateBeforeTheBatchWhereverTheyWereAdded() {
        group.set("key", VALUE);

        boolean committed = kv.batch()
                .set(group, "key", "after")
                .set(group, "new", VALUE)
                .check(group, "key", version(group))
                .check(group, "new", 0)
                .delete(group, "key")
                .check(group, "key", version(group))
                .commit();

        assertThat(committed).isTrue();
        assertThat(group.getAll()).isEqualTo(Map.of("new", VALUE));
    }

    @Test
    void aCheckIsAboutItsOwnGroup() {
        group.set("key", VALUE);
        kv.group("other").set("key", VALUE);

        assertThat(kv.batch().check(kv.group("other"), "key", version(group)).commit())
                .isFalse();
        assertThat(kv.batch().check(kv.group("third"), "key", 0).commit()).isTrue();
    }

    @Test
    void theVersionThatABatchGaveIsMetByTheNext() {
        kv.batch().set(group, "key", "1").commit();
        long first = version(group);

        assertThat(kv.batch().check(group, "key", first).set(group, "key", "2").commit())
                .isTrue();
        assertThat(kv.batch().check(group, "key", first).set(group, "key", "3").commit())
                .isFalse();
        assertThat(group.get("key")).contains("2");
    }

    @TestFactory
    Stream<DynamicTest> writesToOneKeyAreMadeInTheirOrder() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();
            kv.batch()
                    .set(group, "key", values.before(), Expiry.at(END))
                    .set(group, "key", values.after(), Expiry.keep())
                    .set(group, "deleted", values.after())
                    .delete(group, "deleted")
                    .delete(group, "set again")
                    .set(group, "set again", values.before())
                    .delete(group, "set again")
                    .set(group, "set again", values.after())
                    .commit();

            assertThat(group.getAll()).isEqualTo(Map.of("key", values.after(), "set again", values.after()));
            assertThat(values.entry().expiresAt()).contains(END);
        });
    }

    @Test
    void incrementsAddToWhatTheBatchHasWrittenSoFar() {
        counters.set("deleted", 100L);

        kv.batch()
                .set(counters, "set", 40L, Expiry.at(END))
                .increment(counters, "set", 1)
                .increment(counters, "set", 1)
                .increment(counters, "new", 5)
                .increment(counters, "new", -7)
                .delete(counters, "deleted")
                .increment(counters, "deleted", 1)
                .commit();

        assertThat(counters.getAll()).isEqualTo(Map.of("set", 42L, "new", -2L, "deleted", 1L));
        assertThat(counters.entry("set").flatMap(KvEntry::expiresAt)).contains(END);
        assertThat(counters.entry("new").flatMap(KvEntry::expiresAt)).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> nothingIsDoneWhenAWriteIsRefused() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();
            group.set("key", values.before());
            KvEntry<Object> before = values.entry();
            kv.group("counters").set("text", VALUE);
            counters.set("greatest", Long.MAX_VALUE);

            assertThatExceptionOfType(KvTypeException.class)
                    .isThrownBy(
                            () -> writes(values).increment(counters, "text", 1).commit())
                    .withMessageContaining("counters/text")
                    .withMessageNotContaining(VALUE);
            assertThatExceptionOfType(KvLimitException.class)
                    .isThrownBy(() ->
                            writes(values).increment(counters, "greatest", 1).commit())
                    .withMessageContaining("counters/greatest");

            assertThat(values.entry()).isEqualTo(before);
            assertThat(group.count()).isEqualTo(1);
            assertThat(counters.contains("new")).isFalse();
            assertThat(counters.get("greatest")).contains(Long.MAX_VALUE);
        });
    }

    private KvBatch writes(Replacement values) {
        return kv.batch()
                .set(values.group(), "key", values.after())
                .set(values.group(), "new", values.after())
                .increment(counters, "new", 1);
    }

    @Test
    void aBatchWritesToGroupsOfAllTypes() {
        KvGroup<ByteBuffer> bytes = kv.group("bytes", Values.BYTES);
        KvGroup<Instant> instants = kv.group("instants", Instant.class);

        kv.batch()
                .check(bytes, "key", 0)
                .set(bytes, "key", Values.bytes(VALUE))
                .set(instants, "key", END)
                .set(counters, "key", 42L)
                .set(group, "key", VALUE)
                .commit();

        assertThat(bytes.get("key")).contains(Values.bytes(VALUE));
        assertThat(instants.get("key")).contains(END);
        assertThat(counters.get("key")).contains(42L);
        assertThat(group.get("key")).contains(VALUE);
    }

    @Test
    void aDeleteOfAnAbsentEntryIsNoFailure() {
        assertThat(kv.batch().delete(group, "absent").set(group, "key", VALUE).commit())
                .isTrue();
        assertThat(group.getAll()).containsOnlyKeys("key");
    }

    @Test
    void aBatchSaysForEachWriteWhenItsEntryExpires() {
        group.setAll(Map.of("never", "before", "none", "before", "kept", "before"), Expiry.at(END));

        kv.batch()
                .set(group, "none", VALUE)
                .set(group, "never", VALUE, Expiry.never())
                .set(group, "kept", VALUE, Expiry.keep())
                .set(group, "new and kept", VALUE, Expiry.keep())
                .set(group, "at", VALUE, Expiry.at(END.plusMillis(1)))
                .set(group, "after", VALUE, Expiry.after(MINUTE))
                .commit();

        assertThat(end("none")).isEmpty();
        assertThat(end("never")).isEmpty();
        assertThat(end("kept")).contains(END);
        assertThat(end("new and kept")).isEmpty();
        assertThat(end("at")).contains(END.plusMillis(1));
        // The clock stands at 0.4 ms.
        assertThat(end("after")).contains(Instant.parse("2026-01-01T00:01:00.001Z"));
    }

    @Test
    void aBatchIsCommittedOnce() {
        KvBatch done = kv.batch().set(group, "key", VALUE);
        KvBatch unmet = kv.batch().check(group, "absent", 1);
        KvBatch refused = kv.batch().increment(counters, "text", 1);
        kv.group("counters").set("text", VALUE);
        KvBatch tooLate =
                kv.batch().set(group, "key", VALUE, Expiry.at(clock.instant().plusNanos(1)));
        assertThat(done.commit()).isTrue();
        assertThat(unmet.commit()).isFalse();
        assertThatExceptionOfType(KvTypeException.class).isThrownBy(refused::commit);
        clock.advance(MINUTE);
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(tooLate::commit);
        long version = version(group);

        for (KvBatch used : new KvBatch[] {done, unmet, refused, tooLate}) {
            assertThatIllegalStateException().isThrownBy(used::commit).withMessageContaining("committed already");
            assertThatIllegalStateException().isThrownBy(() -> used.check(group, "key", 0));
            assertThatIllegalStateException().isThrownBy(() -> used.set(group, "key", "after"));
            assertThatIllegalStateException().isThrownBy(() -> used.set(group, "key", "after", Expiry.never()));
            assertThatIllegalStateException().isThrownBy(() -> used.delete(group, "key"));
            assertThatIllegalStateException().isThrownBy(() -> used.increment(counters, "key", 1));
        }
        assertThat(version(group)).isEqualTo(version);
    }

    @Test
    void eachWrittenEntryGetsAVersionOfItsOwn() {
        group.set("key", VALUE);
        long before = version(group);

        kv.batch()
                .set(group, "key", VALUE)
                .set(group, "large", Values.LARGE)
                .increment(counters, "key", 1)
                .commit();

        long large = group.entry("large").orElseThrow().version();
        assertThat(version(group)).isGreaterThan(before);
        assertThat(Stream.of(before, version(group), large, version(counters))).doesNotHaveDuplicates();
    }
}
