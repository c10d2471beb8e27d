package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kvstore.Expiry;
import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A conditional write is made if the entry meets its condition; otherwise nothing changes. */
abstract class ConditionContract extends ContractPart {

    ConditionContract(KvStoreContract contract) {
        super(contract);
    }

    @TestFactory
    Stream<DynamicTest> setIfAbsentSetsAnAbsentEntryAndNoLiveOne() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();

            assertThat(group.setIfAbsent("key", values.before())).isTrue();
            KvEntry<Object> before = values.entry();
            assertThat(before.value()).isEqualTo(values.before());

            assertThat(group.setIfAbsent("key", values.after())).isFalse();
            assertThat(group.setIfAbsent("key", values.after(), Expiry.after(MINUTE)))
                    .isFalse();
            assertThat(values.entry()).isEqualTo(before);
        });
    }

    @TestFactory
    Stream<DynamicTest> getOrSetReturnsWhatIsThereOrSetsTheValue() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();

            assertThat(group.getOrSet("key", values.before(), Expiry.never())).isEmpty();
            KvEntry<Object> before = values.entry();
            assertThat(before.value()).isEqualTo(values.before());

            assertThat(group.getOrSet("key", values.after(), Expiry.after(MINUTE)))
                    .contains(values.before());
            assertThat(values.entry()).isEqualTo(before);
        });
    }

    @TestFactory
    Stream<DynamicTest> setIfPresentReplacesALiveEntryAndSetsNoAbsentOne() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();

            assertThat(group.setIfPresent("key", values.after())).isFalse();
            assertThat(group.setIfPresent("key", values.after(), Expiry.keep())).isFalse();
            assertThat(group.contains("key")).isFalse();

            group.set("key", values.before());
            assertThat(group.setIfPresent("key", values.after())).isTrue();
            assertThat(group.get("key")).contains(values.after());
        });
    }

    @TestFactory
    Stream<DynamicTest> compareAndSetReplacesAnEntryOfTheExpectedVersionAndReturnsTheNewOne() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();
            group.set("key", values.before());

            OptionalLong next = group.compareAndSet("key", values.version(), values.after(), Expiry.never());

            assertThat(values.entry().value()).isEqualTo(values.after());
            assertThat(next).hasValue(values.version());
            assertThat(group.compareAndSet("key", next.orElseThrow(), values.before(), Expiry.never()))
                    .hasValue(values.version());
            assertThat(group.get("key")).contains(values.before());
        });
    }

    @TestFactory
    Stream<DynamicTest> compareAndSetChangesNoEntryOfAnotherVersion() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();
            group.set("key", values.after());
            long old = values.version();
            group.set("key", values.before(), MINUTE);
            KvEntry<Object> before = values.entry();

            for (long other : new long[] {old, before.version() + 1, 0, Long.MAX_VALUE}) {
                assertThat(group.compareAndSet("key", other, values.after(), Expiry.never()))
                        .isEmpty();
            }
            assertThat(values.entry()).isEqualTo(before);
        });
    }

    @TestFactory
    Stream<DynamicTest> compareAndSetOfVersionZeroSetsAnAbsentEntry() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();

            OptionalLong version = group.compareAndSet("key", 0, values.before(), Expiry.never());

            assertThat(values.entry().value()).isEqualTo(values.before());
            assertThat(version).hasValue(values.version());
        });
    }

    @TestFactory
    Stream<DynamicTest> compareAndSetOfAVersionSetsNoAbsentEntry() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();
            group.set("key", values.before());
            long deleted = values.version();
            group.delete("key");

            assertThat(group.compareAndSet("key", deleted, values.after(), Expiry.never()))
                    .isEmpty();
            assertThat(group.compareAndSet("key", 1, values.after(), Expiry.never()))
                    .isEmpty();
            assertThat(group.contains("key")).isFalse();
        });
    }

    @TestFactory
    Stream<DynamicTest> aVersionFromBeforeADeleteMatchesNoEntryThatWasSetAgain() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();
            group.set("key", values.before());
            long old = values.version();
            group.delete("key");
            group.set("key", values.before());

            assertThat(group.compareAndSet("key", old, values.after(), Expiry.never()))
                    .isEmpty();
            assertThat(group.compareAndDelete("key", old)).isFalse();
            assertThat(group.get("key")).contains(values.before());
        });
    }

    @TestFactory
    Stream<DynamicTest> theVersionOfOneEntryDoesNotMatchAnother() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();
            group.set("key", values.before());
            group.set("other", values.before());

            assertThat(group.compareAndSet("other", values.version(), values.after(), Expiry.never()))
                    .isEmpty();
            assertThat(group.compareAndDelete("other", values.version())).isFalse();
            assertThat(group.get("other")).contains(values.before());
        });
    }

    @TestFactory
    Stream<DynamicTest> compareAndDeleteDeletesAnEntryOfTheExpectedVersion() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();
            group.set("key", values.before());
            long old = values.version();
            group.set("key", values.after());
            long current = values.version();

            assertThat(group.compareAndDelete("key", old)).isFalse();
            assertThat(group.compareAndDelete("key", current + 1)).isFalse();
            assertThat(group.get("key")).contains(values.after());

            assertThat(group.compareAndDelete("key", current)).isTrue();
            assertThat(group.contains("key")).isFalse();
            assertThat(group.compareAndDelete("key", current)).isFalse();
        });
    }

    @Test
    void compareAndDeleteOfVersionZeroMatchesNothing() {
        group.set("key", VALUE);

        assertThat(group.compareAndDelete("key", 0)).isFalse();
        assertThat(group.compareAndDelete("absent", 0)).isFalse();
        assertThat(group.get("key")).contains(VALUE);
    }

    @Test
    void aNegativeVersionIsRefused() {
        group.set("key", VALUE);

        for (long negative : new long[] {-1, Long.MIN_VALUE}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> group.compareAndSet("key", negative, "after", Expiry.never()))
                    .withMessageContaining("expectedVersion must not be negative");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> group.compareAndDelete("key", negative))
                    .withMessageContaining("expectedVersion must not be negative");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> kv.batch().check(group, "key", negative))
                    .withMessageContaining("expectedVersion must not be negative");
        }
        assertThat(group.get("key")).contains(VALUE);
    }

    @Test
    void conditionsAreAboutOneGroup() {
        kv.group("other").set("key", VALUE);

        assertThat(group.setIfPresent("key", VALUE)).isFalse();
        assertThat(group.compareAndDelete("key", version(kv.group("other")))).isFalse();
        assertThat(group.setIfAbsent("key", VALUE)).isTrue();
        assertThat(kv.group("other").get("key")).contains(VALUE);
    }
}
