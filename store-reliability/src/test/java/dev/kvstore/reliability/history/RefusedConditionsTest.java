package dev.kvstore.reliability.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The check refuses histories of conditional calls that no order explains, and stores that produce them. */
class RefusedConditionsTest {

    private static final RecordedWorkload<ConditionalCall> CONDITIONS = new Conditions();
    private static final int ROUNDS = 100;

    @TempDir
    Path directory;

    @Test
    void conditionsThatOverlapMayBeMetInAnyOrder() {
        assertThat(violations(
                        done(1, 9, Step.wrote("a", "1")),
                        done(2, 8, Step.matched("a", 0), Step.wrote("a", "2")),
                        refused(3, 7, Step.matched("a", 0)),
                        done(10, 11, Step.saw("a", "1", 5))))
                .isEmpty();
    }

    @Test
    void twoWritersWhoExpectTheSameVersionAreRefused() {
        assertThat(violations(
                        done(1, 2, Step.wrote("a", "1")),
                        done(3, 4, Step.saw("a", "1", 5)),
                        done(5, 9, Step.matched("a", 5), Step.wrote("a", "2")),
                        done(6, 8, Step.matched("a", 5), Step.wrote("a", "3"))))
                .isNotEmpty();
    }

    @Test
    void twoWritersWhoBothFindAnAbsentEntryAreRefused() {
        assertThat(violations(
                        done(1, 4, Step.matched("a", 0), Step.wrote("a", "1")),
                        done(2, 3, Step.matched("a", 0), Step.wrote("a", "2"))))
                .isNotEmpty();
    }

    @Test
    void aWriterWhoIsRefusedWithoutAReasonIsRefused() {
        assertThat(violations(refused(1, 2, Step.matched("a", 0)))).isNotEmpty();
    }

    @Test
    void aLostIncrementIsRefused() {
        assertThat(violations(
                        done(1, 4, Step.added("a", 1), Step.sawValue("a", "1")),
                        done(2, 3, Step.added("a", 1), Step.sawValue("a", "1"))))
                .isNotEmpty();
    }

    @Test
    void aValueThatTwoCallersTookIsRefused() {
        assertThat(violations(
                        done(1, 2, Step.wrote("a", "1")),
                        done(3, 6, Step.sawValue("a", "1"), Step.removed("a")),
                        done(4, 5, Step.sawValue("a", "1"), Step.removed("a"))))
                .isNotEmpty();
    }

    @Test
    void aSmallerVersionAfterADeletionIsRefused() {
        assertThat(violations(
                        done(1, 2, Step.wrote("a", "1")),
                        done(3, 4, Step.saw("a", "1", 5)),
                        done(5, 6, Step.removed("a")),
                        done(7, 8, Step.wrote("a", "2")),
                        done(9, 10, Step.saw("a", "2", 4))))
                .isNotEmpty();
    }

    @Test
    void anOldVersionOfANewValueIsRefused() {
        assertThat(violations(
                        done(1, 2, Step.wrote("a", "1")),
                        done(3, 4, Step.saw("a", "1", 5)),
                        done(5, 6, Step.wrote("a", "1")),
                        done(7, 8, Step.saw("a", "1", 5))))
                .isNotEmpty();
    }

    @Test
    void aVersionOfTwoEntriesIsRefused() {
        assertThat(violations(
                        done(1, 2, Step.wrote("a", "1")),
                        done(3, 4, Step.wrote("b", "2")),
                        done(5, 6, Step.saw("a", "1", 5), Step.saw("b", "2", 5))))
                .singleElement()
                .asString()
                .contains("version 5");
    }

    @Test
    void aBatchThatOthersSeeInPartIsRefused() {
        assertThat(violations(
                        done(1, 6, Step.wrote("a", "1"), Step.wrote("b", "2")),
                        done(2, 3, Step.sawValue("a", "1")),
                        done(4, 5, Step.sawValue("b", (String) null))))
                .isNotEmpty();
    }

    @Test
    void aPageOfTwoMomentsIsRefused() {
        assertThat(violations(
                        done(1, 2, Step.wrote("a", "1")),
                        done(3, 4, Step.wrote("b", "2")),
                        done(1, 5, Step.saw("a", null, 0), Step.saw("b", "2", 6))))
                .isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"NONE", "INCREMENTS_UNDER_A_LOCK_OF_ITS_PROCESS"})
    void aStoreWithAFlawIsFound(ConditionFlaw flaw) throws Exception {
        try (SqliteKvStore store = open();
                RecordedClients<ConditionalCall> clients = new Clients<>(CONDITIONS, 8, List.of(flaw.apply(store)))) {
            assertThat(isFound(clients)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only on Linux two processes share a clock")
    void aFlawOfOneOfTwoProcessesIsFound(ConditionFlaw flaw) throws Exception {
        try (SqliteKvStore store = open();
                RecordedClients<ConditionalCall> clients =
                        new TwoProcesses<>(CONDITIONS, file(), store, flaw, 8, 20, 0)) {
            assertThat(isFound(clients)).isTrue();
        }
    }

    @Test
    void aCallIsUnchangedByItsTransferBetweenProcesses() {
        assertThat(List.of(
                        done(1, 2),
                        done(3, 4, Step.matched("a", 5), Step.wrote("a", "1"), Step.saw("a", "1", 6)),
                        refused(5, Long.MAX_VALUE, Step.matched("a", 0), Step.sawValue("b", (String) null))))
                .allSatisfy(
                        call -> assertThat(ConditionalCall.parse(call.line())).isEqualTo(call));
    }

    private SqliteKvStore open() {
        return SqliteKvStore.builder().file(file()).clock(StandingClock.CLOCK).build();
    }

    private Path file() {
        return directory.resolve("kvstore.db");
    }

    private static boolean isFound(RecordedClients<ConditionalCall> clients) throws Exception {
        for (long seed = 0; seed < ROUNDS; seed++) {
            if (!CONDITIONS.violations(clients.round(seed, 20)).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static List<String> violations(ConditionalCall... history) {
        return CONDITIONS.violations(List.of(history));
    }

    private static ConditionalCall done(long invoked, long returned, Step... steps) {
        return new ConditionalCall(0, "group", "call", List.of(steps), false, invoked, returned);
    }

    private static ConditionalCall refused(long invoked, long returned, Step... steps) {
        return new ConditionalCall(0, "group", "call", List.of(steps), true, invoked, returned);
    }
}
