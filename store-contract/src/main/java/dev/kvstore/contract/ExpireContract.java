package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.Expiry;
import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** {@code expire} and {@code getAndExpire} change when a live entry expires, and not its value. */
abstract class ExpireContract extends ContractPart {

    private static final Instant END = Instant.parse("2026-01-02T00:00:00Z");

    ExpireContract(KvStoreContract contract) {
        super(contract);
    }

    @TestFactory
    Stream<DynamicTest> expireChangesTheExpiryAndNotTheValue() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();
            group.set("key", values.before());

            assertThat(group.expire("key", Expiry.at(END))).isTrue();
            assertThat(values.entry().value()).isEqualTo(values.before());
            assertThat(values.entry().expiresAt()).contains(END);

            assertThat(group.expire("key", Expiry.at(END.plusMillis(1)))).isTrue();
            assertThat(values.entry().expiresAt()).contains(END.plusMillis(1));

            assertThat(group.expire("key", Expiry.never())).isTrue();
            assertThat(values.entry().value()).isEqualTo(values.before());
            assertThat(values.entry().expiresAt()).isEmpty();
        });
    }

    @TestFactory
    Stream<DynamicTest> getAndExpireReturnsTheValueAndChangesTheExpiry() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();
            group.set("key", values.before());

            assertThat(group.getAndExpire("key", Expiry.at(END))).contains(values.before());
            assertThat(values.entry().expiresAt()).contains(END);

            assertThat(group.getAndExpire("key", Expiry.never())).contains(values.before());
            assertThat(values.entry().value()).isEqualTo(values.before());
            assertThat(values.entry().expiresAt()).isEmpty();
        });
    }

    @TestFactory
    Stream<DynamicTest> keepChangesNothingAndReturnsWhetherTheEntryIsLive() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();
            group.set("key", values.before(), Expiry.at(END));
            KvEntry<Object> before = values.entry();

            assertThat(group.expire("key", Expiry.keep())).isTrue();
            assertThat(group.getAndExpire("key", Expiry.keep())).contains(values.before());
            assertThat(values.entry()).isEqualTo(before);

            assertThat(group.expire("absent", Expiry.keep())).isFalse();
            assertThat(group.getAndExpire("absent", Expiry.keep())).isEmpty();
        });
    }

    @Test
    void anAbsentEntryStaysAbsent() {
        assertThat(group.expire("key", Expiry.after(MINUTE))).isFalse();
        assertThat(group.expire("key", Expiry.never())).isFalse();
        assertThat(group.getAndExpire("key", Expiry.after(MINUTE))).isEmpty();
        assertThat(group.count()).isZero();
    }

    @TestFactory
    Stream<DynamicTest> theEntryExpiresAtTheNewTime() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();
            group.set("key", values.before(), MINUTE);
            group.expire("key", Expiry.after(MINUTE.multipliedBy(3)));
            clock.advance(MINUTE.multipliedBy(2));
            assertThat(group.get("key")).contains(values.before());

            group.getAndExpire("key", Expiry.after(MINUTE));
            clock.advance(MINUTE.plusMillis(1));
            assertThat(group.get("key")).isEmpty();
            assertThat(kv.purgeExpired()).isEqualTo(1);
        });
    }

    @TestFactory
    Stream<DynamicTest> theEntryCanBeReplacedAfterwards() {
        return Replacement.eachBy(kv, Writing.toLiveEntries(), (way, values) -> {
            values.group().set("key", values.before());
            values.group().expire("key", Expiry.at(END));
            long expiring = values.version();

            way.write(kv, values.group(), values.after(), Expiry.keep());

            assertThat(values.entry().value()).isEqualTo(values.after());
            assertThat(values.entry().expiresAt()).contains(END);
            assertThat(values.version()).isGreaterThan(expiring);
        });
    }

    @TestFactory
    Stream<DynamicTest> onlyTheNewVersionMatchesAfterwards() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();
            group.set("key", values.before());
            long set = values.version();
            group.expire("key", Expiry.at(END));

            assertThat(group.compareAndSet("key", set, values.after(), Expiry.keep()))
                    .isEmpty();
            assertThat(group.compareAndDelete("key", set)).isFalse();
            assertThat(group.compareAndSet("key", values.version(), values.after(), Expiry.keep()))
                    .isPresent();
        });
    }
}
