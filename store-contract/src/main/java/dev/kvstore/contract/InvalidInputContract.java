package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kvstore.KvStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.ParameterizedTypeReference;

/** Invalid arguments are refused before the store is accessed, and change nothing. */
@NullUnmarked
abstract class InvalidInputContract extends ContractPart {

    InvalidInputContract(KvStoreContract contract) {
        super(contract);
    }

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
                call("text group", KvStore::group),
                call("class group", (kv, bad) -> kv.group(bad, Long.class)),
                call("generic group", (kv, bad) -> kv.group(bad, new ParameterizedTypeReference<Long>() {})),
                call("codec group", (kv, bad) -> kv.group(bad, Values.BYTES)),
                call("groups", KvStore::groups),
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
    void anUnpairedSurrogateIsRefusedByAnErrorWithoutTheText(String name, BiConsumer<KvStore, String> call) {
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
    void aGroupThatBeginsWithNulIsReservedForTheStore(String name, BiConsumer<KvStore, String> call) {
        for (String reserved : List.of("\u0000", "\u0000store", "\u0000\u0000")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> call.accept(kv, reserved))
                    .withMessageContaining("must not begin with U+0000");
        }
    }

    @Test
    void onlyNamesOfGroupsAreReservedAndOnlyBehindALeadingNul() {
        for (String name : List.of("\u0001", "a\u0000", " \u0000store")) {
            kv.set(name, "\u0000store", "\u0000store");

            assertThat(kv.group(name).get("\u0000store")).contains("\u0000store");
        }
        assertThat(kv.groups("")).containsExactly("\u0001", " \u0000store", "a\u0000");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    void invalidTextIsRefusedBeforeTheStoreIsAccessed(String name, BiConsumer<KvStore, String> call) {
        contract.closeStore(kv);

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
