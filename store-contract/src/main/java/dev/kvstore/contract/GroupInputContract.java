package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kvstore.Expiry;
import dev.kvstore.KvCodec;
import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvRange;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.core.ParameterizedTypeReference;

/** Invalid arguments of a view of a group are refused before the store is accessed, and change nothing. */
@NullUnmarked
abstract class GroupInputContract extends ContractPart {

    private static final List<String> NO_TEXT =
            List.of(VALUE + "\uD83C", "\uDF89" + VALUE, "\uD83C" + VALUE, "\uDF89\uD83C");

    private KvEntry<String> before;

    GroupInputContract(KvStoreContract contract) {
        super(contract);
    }

    @BeforeEach
    void setAnEntry() {
        group.set("key", "1", MINUTE);
        before = group.entry("key").orElseThrow();
    }

    private static void assertRefused(String words, ThrowingCallable call) {
        assertThatIllegalArgumentException()
                .isThrownBy(call)
                .withMessageContaining(words)
                .withMessageNotContaining(VALUE);
    }

    private void assertUnchanged() {
        assertThat(group.entry("key")).contains(before);
        assertThat(group.count()).isEqualTo(1);
    }

    @TestFactory
    Stream<DynamicTest> aKeyThatIsNullIsRefused() {
        return Calling.each(GroupCalls.ofAKey(), call -> {
            assertRefused("key must not be null", () -> call.on(group, null));
            assertUnchanged();
        });
    }

    @TestFactory
    Stream<DynamicTest> aKeyWithAnUnpairedSurrogateIsRefused() {
        return Calling.each(GroupCalls.ofAKey(), call -> {
            NO_TEXT.forEach(key -> assertRefused("key is not valid Unicode", () -> call.on(group, key)));
            assertUnchanged();
        });
    }

    @TestFactory
    Stream<DynamicTest> aValueThatIsNullIsRefused() {
        return Calling.each(GroupCalls.ofAValue(), call -> {
            assertRefused("value must not be null", () -> call.on(group, null));
            assertUnchanged();
        });
    }

    @TestFactory
    Stream<DynamicTest> aValueWithAnUnpairedSurrogateIsRefused() {
        return Calling.each(GroupCalls.ofAValue(), call -> {
            NO_TEXT.forEach(value -> assertRefused("value is not valid Unicode", () -> call.on(group, value)));
            assertUnchanged();
        });
    }

    @TestFactory
    Stream<DynamicTest> anExpiryThatIsNullOrNotAfterNowIsRefused() {
        return Calling.each(GroupCalls.ofAnExpiry(), call -> {
            assertRefused("expiry must not be null", () -> call.on(group, null));
            assertRefused("expiry must be after", () -> call.on(group, Expiry.at(clock.instant())));
            assertUnchanged();
        });
    }

    @TestFactory
    Stream<DynamicTest> aRangeThatIsNullIsRefused() {
        return Calling.each(GroupCalls.ofARange(), call -> {
            assertRefused("range must not be null", () -> call.on(group, null));
            assertUnchanged();
        });
    }

    @Test
    void aRangeHasValidKeysOnly() {
        for (String bad : NO_TEXT) {
            assertRefused("prefix is not valid Unicode", () -> KvRange.prefix(bad));
            assertRefused("key is not valid Unicode", () -> KvRange.between(bad, "z"));
            assertRefused("key is not valid Unicode", () -> KvRange.between("a", bad));
            assertRefused("key is not valid Unicode", () -> KvRange.all().from(bad));
            assertRefused("key is not valid Unicode", () -> KvRange.all().after(bad));
            assertRefused("key is not valid Unicode", () -> KvRange.all().before(bad));
        }
        assertRefused("must not be null", () -> KvRange.prefix(null));
        assertRefused("must not be null", () -> KvRange.between(null, "z"));
        assertRefused("must not be null", () -> KvRange.between("a", null));
        assertRefused("must not be null", () -> KvRange.all().from(null));
        assertRefused("must not be null", () -> KvRange.all().after(null));
        assertRefused("must not be null", () -> KvRange.all().before(null));
    }

    @Test
    void collectionsAndFunctionsThatAreNullAreRefused() {
        assertRefused("keys must not be null", () -> group.getAll(null));
        assertRefused("keys must not be null", () -> group.deleteAll((List<String>) null));
        assertRefused("entries must not be null", () -> group.setAll(null));
        assertRefused("entries must not be null", () -> group.setAll(null, Expiry.never()));
        assertRefused("change must not be null", () -> group.update("key", Expiry.never(), null));
        assertRefused("loader must not be null", () -> group.getOrCompute("key", Expiry.never(), null));
        assertRefused("durability must not be null", () -> group.durability(null));
        assertUnchanged();
    }

    @Test
    void aTtlThatIsNullZeroOrNegativeIsRefused() {
        for (Duration bad : Arrays.asList(null, Duration.ZERO, Duration.ofMillis(-1), Duration.ofNanos(-1))) {
            assertRefused("ttl must", () -> group.set("key", "after", bad));
            assertRefused("ttl must", () -> group.set("key", "after", Expiry.after(bad)));
        }
        assertRefused("instant must not be null", () -> group.set("key", "after", Expiry.at(null)));
        assertUnchanged();
    }

    @Test
    void aTypeOrCodecThatIsNullIsRefused() {
        assertRefused("type must not be null", () -> kv.group("group", (Class<String>) null));
        assertRefused("type must not be null", () -> kv.group("group", (ParameterizedTypeReference<String>) null));
        assertRefused("codec must not be null", () -> kv.group("group", (KvCodec<String>) null));
    }

    @Test
    void oneInvalidKeyOrValueAmongOthersRefusesAll() {
        Map<String, String> badKey = new HashMap<>(Map.of("a", "after", "key", "after"));
        badKey.put("\uD83C", "after");
        Map<String, String> badValue = new HashMap<>(Map.of("a", "after", "key", "after"));
        badValue.put("z", null);

        assertRefused("key is not valid Unicode", () -> group.setAll(badKey));
        assertRefused("value must not be null", () -> group.setAll(badValue));
        assertRefused("key is not valid Unicode", () -> group.deleteAll(List.of("key", "\uD83C")));
        assertRefused("key must not be null", () -> group.deleteAll(Arrays.asList("key", null)));
        assertRefused("key is not valid Unicode", () -> group.getAll(List.of("key", "\uD83C")));
        assertUnchanged();
    }

    @Test
    void theMapRefusesWhatTheGroupRefuses() {
        ConcurrentMap<String, String> map = group.asMap();

        for (String bad : NO_TEXT) {
            assertRefused("key is not valid Unicode", () -> map.putAll(Map.of(bad, "after")));
            assertRefused("key is not valid Unicode", () -> map.containsKey(bad));
            assertRefused("key is not valid Unicode", () -> map.replace(bad, "after"));
            assertRefused("key is not valid Unicode", () -> map.remove(bad, "1"));
            assertRefused("key is not valid Unicode", () -> map.compute(bad, (key, old) -> "after"));
            assertRefused("key is not valid Unicode", () -> map.merge(bad, "after", (old, value) -> value));
            assertRefused("value is not valid Unicode", () -> map.putIfAbsent("absent", bad));
            assertRefused("value is not valid Unicode", () -> map.replace("key", bad));
            assertRefused("value is not valid Unicode", () -> map.replace("key", "1", bad));
            assertRefused("value is not valid Unicode", () -> map.compute("key", (key, old) -> bad));
            assertRefused("value is not valid Unicode", () -> map.computeIfAbsent("absent", key -> bad));
            assertRefused("value is not valid Unicode", () -> map.merge("key", "after", (old, value) -> bad));
        }
        assertUnchanged();
    }

    @Test
    void whatAFunctionOrLoaderReturnsIsCheckedToo() {
        for (String bad : NO_TEXT) {
            assertRefused(
                    "value is not valid Unicode",
                    () -> group.update("key", Expiry.never(), before -> Optional.of(bad)));
            assertRefused("value is not valid Unicode", () -> group.getOrCompute("absent", Expiry.never(), () -> bad));
        }
        assertUnchanged();
    }

    @TestFactory
    Stream<DynamicTest> theStoreIsNotAccessed() {
        KvGroup<String> closed = group;
        contract.closeStore(kv);

        return Stream.of(
                        Calling.each(GroupCalls.ofAKey(), call -> {
                            assertRefused("key must not be null", () -> call.on(closed, null));
                            assertRefused("key is not valid Unicode", () -> call.on(closed, "\uD83C"));
                        }),
                        Calling.each(GroupCalls.ofAValue(), call -> {
                            assertRefused("value must not be null", () -> call.on(closed, null));
                            assertRefused("value is not valid Unicode", () -> call.on(closed, "\uD83C"));
                        }),
                        Calling.each(
                                GroupCalls.ofAnExpiry(),
                                call -> assertRefused("expiry must not be null", () -> call.on(closed, null))),
                        Calling.each(
                                GroupCalls.ofARange(),
                                call -> assertRefused("range must not be null", () -> call.on(closed, null))))
                .flatMap(tests -> tests);
    }
}
