package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kvstore.Expiry;
import dev.kvstore.KvGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.dao.OptimisticLockingFailureException;

/** {@code update} changes an entry by a function of its value, again when somebody else was faster. */
abstract class UpdateContract extends ContractPart {

    UpdateContract(KvStoreContract contract) {
        super(contract);
    }

    @TestFactory
    Stream<DynamicTest> theFunctionGetsTheValueAndItsResultIsTheNewOne() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();
            group.set("key", values.before());

            Optional<Object> result = group.update("key", Expiry.never(), before -> {
                assertThat(before).contains(values.before());
                return Optional.of(values.after());
            });

            assertThat(result).contains(values.after());
            assertThat(group.get("key")).contains(values.after());
        });
    }

    @TestFactory
    Stream<DynamicTest> theFunctionGetsNothingForAnAbsentEntryAndSetsIt() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();

            Optional<Object> result = group.update("key", Expiry.never(), before -> {
                assertThat(before).isEmpty();
                return Optional.of(values.after());
            });

            assertThat(result).contains(values.after());
            assertThat(group.get("key")).contains(values.after());
        });
    }

    @TestFactory
    Stream<DynamicTest> anEmptyResultDeletesTheEntry() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();
            group.set("key", values.before());

            assertThat(group.update("key", Expiry.never(), before -> Optional.empty()))
                    .isEmpty();
            assertThat(group.contains("key")).isFalse();
            assertThat(group.update("key", Expiry.never(), before -> Optional.empty()))
                    .isEmpty();
            assertThat(group.contains("key")).isFalse();
        });
    }

    @TestFactory
    Stream<DynamicTest> theFunctionRunsAgainOnTheNewValueWhenSomebodyElseWasFaster() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();
            group.set("key", values.before());
            List<Optional<Object>> seen = new ArrayList<>();

            group.update("key", Expiry.never(), before -> {
                seen.add(before);
                if (seen.size() == 1) {
                    group.set("key", values.after());
                }
                return before;
            });

            assertThat(seen).containsExactly(Optional.of(values.before()), Optional.of(values.after()));
            assertThat(group.get("key")).contains(values.after());
        });
    }

    @Test
    void aSetOfAnEqualValueInTheMeantimeCountsAsFaster() {
        group.set("key", "1");
        List<Optional<String>> seen = new ArrayList<>();

        group.update("key", Expiry.never(), before -> {
            seen.add(before);
            if (seen.size() == 1) {
                group.delete("key");
                group.set("key", "1");
            }
            return Optional.of("2");
        });

        assertThat(seen).hasSize(2);
    }

    @Test
    void aDeleteLosesToASetInTheMeantime() {
        group.set("key", "1");
        List<Optional<String>> seen = new ArrayList<>();

        Optional<String> result = group.update("key", Expiry.never(), before -> {
            seen.add(before);
            if (seen.size() == 1) {
                group.set("key", "2");
            }
            return before.filter(value -> !value.equals("1"));
        });

        assertThat(seen).containsExactly(Optional.of("1"), Optional.of("2"));
        assertThat(result).contains("2");
        assertThat(group.get("key")).contains("2");
    }

    @Test
    void anEntryThatSomebodySetsMeanwhileIsNotOverwritten() {
        List<Optional<String>> seen = new ArrayList<>();

        Optional<String> result = group.update("key", Expiry.never(), before -> {
            seen.add(before);
            group.setIfAbsent("key", "from somebody else");
            return Optional.of(before.map(value -> value + ", changed").orElse("new"));
        });

        assertThat(seen).containsExactly(Optional.empty(), Optional.of("from somebody else"));
        assertThat(result).contains("from somebody else, changed");
    }

    @Test
    void afterAHundredDefeatsItGivesUp() {
        List<Optional<String>> seen = new ArrayList<>();

        assertThatExceptionOfType(OptimisticLockingFailureException.class)
                .isThrownBy(() -> group.update("key", Expiry.never(), before -> {
                    seen.add(before);
                    group.increment("key", 1);
                    return Optional.of(VALUE);
                }))
                .withMessageContaining("group/key")
                .withMessageNotContaining(VALUE);

        assertThat(seen).hasSize(100);
        assertThat(group.get("key")).contains("100");
    }

    @Test
    void theHundredthTryMayStillSucceed() {
        List<Optional<String>> seen = new ArrayList<>();

        group.update("key", Expiry.never(), before -> {
            seen.add(before);
            if (seen.size() < 100) {
                group.increment("key", 1);
            }
            return Optional.of("done");
        });

        assertThat(group.get("key")).contains("done");
    }

    @Test
    void theFunctionRunsOutsideOfAnyTransaction() {
        group.set("key", "1");

        group.update("key", Expiry.never(), before -> {
            // Another thread can write and read meanwhile, so the function's thread holds no lock.
            CompletableFuture.runAsync(() -> {
                        kv.set("group", "other", "written");
                        assertThat(kv.get("group", "other")).contains("written");
                    })
                    .join();
            return Optional.of("2");
        });

        assertThat(group.getAll()).containsEntry("key", "2").containsEntry("other", "written");
    }

    @Test
    void anExceptionOfTheFunctionReachesTheCallerAndChangesNothing() {
        group.set("key", "1");
        IllegalStateException own = new IllegalStateException("own");

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> group.update("key", Expiry.never(), before -> {
                    throw own;
                }))
                .isSameAs(own);
        assertThat(group.get("key")).contains("1");
    }

    @Test
    @NullUnmarked
    void aResultOfNullIsRefusedAndChangesNothing() {
        group.set("key", "1");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> group.update("key", Expiry.never(), before -> null))
                .withMessageContaining("change must not return null");
        assertThat(group.get("key")).contains("1");
    }

    @Test
    void aResultThatIsNoTextIsRefusedAndChangesNothing() {
        group.set("key", "1");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> group.update("key", Expiry.never(), before -> Optional.of("\uD83C")))
                .withMessageContaining("unpaired surrogate");
        assertThat(group.get("key")).contains("1");
    }
}
