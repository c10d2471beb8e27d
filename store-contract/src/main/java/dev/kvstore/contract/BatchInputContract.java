package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.kvstore.Expiry;
import dev.kvstore.KvBatch;
import dev.kvstore.KvCodec;
import dev.kvstore.KvGroup;
import dev.kvstore.KvLimitException;
import dev.kvstore.KvStore;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** An operation that a batch refuses is not part of it; the others are. */
@NullUnmarked
abstract class BatchInputContract extends ContractPart {

    private static final int MOST = 10_000;

    private KvGroup<Long> counters;
    private KvBatch batch;

    BatchInputContract(KvStoreContract contract) {
        super(contract);
    }

    @BeforeEach
    void begin() {
        counters = kv.group("counters", Long.class);
        batch = kv.batch().set(group, "before", VALUE);
    }

    /** Checks that the batch lacks the operation that it refused, and has those before and after it. */
    private void assertOthersAreMade() {
        assertThat(batch.set(group, "after", VALUE).commit()).isTrue();
        assertThat(group.getAll()).isEqualTo(Map.of("before", VALUE, "after", VALUE));
        assertThat(counters.count()).isZero();
    }

    private Stream<Calling<KvBatch, String>> ofAKey() {
        return Stream.of(
                new Calling<>("check", (batch, key) -> batch.check(group, key, 0)),
                new Calling<>("set", (batch, key) -> batch.set(group, key, VALUE)),
                new Calling<>("set with expiry", (batch, key) -> batch.set(group, key, VALUE, Expiry.never())),
                new Calling<>("delete", (batch, key) -> batch.delete(group, key)),
                new Calling<>("increment", (batch, key) -> batch.increment(counters, key, 1)));
    }

    private static Stream<Calling<KvBatch, KvGroup<Long>>> ofAGroup() {
        return Stream.of(
                new Calling<>("check", (batch, group) -> batch.check(group, "key", 0)),
                new Calling<>("set", (batch, group) -> batch.set(group, "key", 1L)),
                new Calling<>("set with expiry", (batch, group) -> batch.set(group, "key", 1L, Expiry.never())),
                new Calling<>("delete", (batch, group) -> batch.delete(group, "key")),
                new Calling<>("increment", (batch, group) -> batch.increment(group, "key", 1)));
    }

    @Test
    void aKeyThatIsNullIsRefused() {
        ofAKey().forEach(call -> assertThatIllegalArgumentException()
                .as(call.name())
                .isThrownBy(() -> call.on(batch, null))
                .withMessageContaining("key must not be null"));
        assertOthersAreMade();
    }

    @Test
    void aKeyWithAnUnpairedSurrogateIsRefused() {
        ofAKey().forEach(call -> assertThatIllegalArgumentException()
                .as(call.name())
                .isThrownBy(() -> call.on(batch, VALUE + "\uD83C"))
                .withMessageContaining("key is not valid Unicode")
                .withMessageNotContaining(VALUE));
        assertOthersAreMade();
    }

    @Test
    void aGroupThatIsNullIsRefused() {
        ofAGroup()
                .forEach(call -> assertThatIllegalArgumentException()
                        .as(call.name())
                        .isThrownBy(() -> call.on(batch, null))
                        .withMessageContaining("group must not be null"));
        assertOthersAreMade();
    }

    @TestFactory
    Stream<DynamicTest> aGroupOfAnotherStoreIsRefused() {
        return Calling.each(ofAGroup(), call -> {
            KvStore other = contract.openStore(clock::instant);
            try {
                KvGroup<Long> foreign = other.group("counters", Long.class);
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> call.on(batch, foreign))
                        .withMessageContaining("another store");
                assertThat(foreign.count()).isZero();
            } finally {
                contract.closeStore(other);
            }
        });
    }

    @Test
    @SuppressWarnings("unchecked") // A proxy for any type argument.
    void aGroupThatIsOfNoStoreIsRefused() {
        KvGroup<Long> own = (KvGroup<Long>) Proxy.newProxyInstance(
                KvGroup.class.getClassLoader(), new Class<?>[] {KvGroup.class}, (proxy, method, arguments) -> null);

        ofAGroup()
                .forEach(call -> assertThatIllegalArgumentException()
                        .as(call.name())
                        .isThrownBy(() -> call.on(batch, own))
                        .withMessageContaining("another store"));
        assertOthersAreMade();
    }

    @Test
    void aValueThatIsNullOrNoTextIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batch.set(group, "key", null))
                .withMessageContaining("value must not be null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batch.set(group, "key", null, Expiry.never()))
                .withMessageContaining("value must not be null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batch.set(group, "key", VALUE + "\uD83C"))
                .withMessageContaining("unpaired surrogate")
                .withMessageNotContaining(VALUE);
        assertOthersAreMade();
    }

    @Test
    void anExpiryThatIsNullOrNotAfterNowIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batch.set(group, "key", VALUE, null))
                .withMessageContaining("expiry must not be null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batch.set(group, "key", VALUE, Expiry.at(clock.instant())))
                .withMessageContaining("expiry must be after");
        assertOthersAreMade();
    }

    @Test
    void aVersionThatIsNegativeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batch.check(group, "key", -1))
                .withMessageContaining("expectedVersion must not be negative");
        assertOthersAreMade();
    }

    @Test
    void whatIsTooLongIsRefused() {
        String key = "k".repeat(64 * 1024 + 1);
        String value = "漢".repeat((16 << 20) / 3 + 1);
        KvGroup<String> longName = kv.group(key);

        assertThatExceptionOfType(KvLimitException.class).isThrownBy(() -> batch.set(group, key, VALUE));
        assertThatExceptionOfType(KvLimitException.class).isThrownBy(() -> batch.set(longName, "key", VALUE));
        assertThatExceptionOfType(KvLimitException.class).isThrownBy(() -> batch.set(group, "key", value));
        assertThatExceptionOfType(KvLimitException.class).isThrownBy(() -> batch.increment(counters, key, 1));
        batch.check(group, key, 0).delete(group, key);
        assertOthersAreMade();
    }

    @Test
    void anIncrementInAGroupThatStoresNoNumbersIsRefused() {
        KvGroup<Long> hexadecimal =
                kv.group("counters", KvCodec.text(Long::toHexString, text -> Long.parseLong(text, 16)));

        assertThatIllegalStateException()
                .isThrownBy(() -> batch.increment(hexadecimal, "key", 1))
                .withMessageContaining("Long, Integer or String")
                .withMessageContaining("KvCodec");
        assertOthersAreMade();
    }

    @Test
    void aBatchHasAtMost10000OperationsChecksIncluded() {
        KvBatch full = kv.batch();
        for (int i = 0; i < MOST / 10; i++) {
            full.check(group, "absent " + i, 0).set(group, "key " + i % 100, Integer.toString(i));
        }
        for (int i = 0; i < MOST * 8 / 10; i++) {
            full.delete(group, "absent");
        }

        ofAKey().forEach(call -> assertThatIllegalArgumentException()
                .as(call.name())
                .isThrownBy(() -> call.on(full, "one more"))
                .withMessageContaining("10000"));

        assertThat(full.commit()).isTrue();
        assertThat(group.count()).isEqualTo(100);
        assertThat(group.get("key 99")).contains("999");
        assertThat(group.contains("one more")).isFalse();
    }
}
