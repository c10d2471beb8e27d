package dev.kvstore.reliability.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.reliability.history.Event.Kind;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The check refuses histories that no order explains, and stores that produce them. */
class RefusedHistoriesTest {

    private static final RecordedWorkload<Event> REGISTERS = new Registers();
    private static final int ROUNDS = 100;

    @TempDir
    Path directory;

    @Test
    void overlappingCallsMayTakeEffectInAnyOrder() {
        assertThat(REGISTERS.violations(List.of(
                        set("old", 1, 2), set("new", 3, 10), read("old", 4, 5), read("new", 4, 6), read("new", 7, 8))))
                .isEmpty();
    }

    @Test
    void aDeleteThatOverlapsASetMayDeleteItOrNot() {
        assertThat(REGISTERS.violations(List.of(set("a", 1, 5), delete(true, 2, 4), read(null, 6, 7))))
                .isEmpty();
        assertThat(REGISTERS.violations(List.of(set("a", 1, 5), delete(false, 2, 4), read("a", 6, 7))))
                .isEmpty();
    }

    @Test
    void aStaleReadIsRefused() {
        assertThat(REGISTERS.violations(List.of(set("old", 1, 2), set("new", 3, 4), read("old", 5, 6))))
                .singleElement()
                .asString()
                .contains("register");
    }

    @Test
    void aReadOlderThanAnEarlierReadIsRefused() {
        assertThat(REGISTERS.violations(
                        List.of(set("old", 1, 2), set("new", 3, 10), read("new", 4, 5), read("old", 6, 7))))
                .hasSize(1);
    }

    @Test
    void twoDeletesOfTheSameEntryAreRefused() {
        assertThat(REGISTERS.violations(List.of(set("a", 1, 2), delete(true, 3, 6), delete(true, 4, 5))))
                .hasSize(1);
    }

    @Test
    void aReadOfAValueNotYetWrittenIsRefused() {
        assertThat(REGISTERS.violations(List.of(read("a", 1, 2), set("a", 3, 4))))
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"NONE", "MISSES_WHAT_ANOTHER_PROCESS_WRITES"})
    void aStoreWithAFlawIsFound(Flaw flaw) throws Exception {
        try (SqliteKvStore store = open();
                RecordedClients<Event> clients = new Clients<>(REGISTERS, 8, List.of(flaw.apply(store)))) {
            assertThat(isFound(clients)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only on Linux two processes share a clock")
    void aFlawOfOneOfTwoProcessesIsFound(Flaw flaw) throws Exception {
        try (SqliteKvStore store = open();
                RecordedClients<Event> clients = new TwoProcesses<>(REGISTERS, file(), store, flaw, 8, 20, 0)) {
            assertThat(isFound(clients)).isTrue();
        }
    }

    @Test
    void anEventIsUnchangedByItsTransferBetweenProcesses() {
        assertThat(List.of(set("a", 1, 2), read("a", 3, 4), read(null, 5, 6), delete(true, 7, Long.MAX_VALUE)))
                .allSatisfy(event -> assertThat(Event.parse(event.line())).isEqualTo(event));
    }

    private SqliteKvStore open() {
        return SqliteKvStore.builder().file(file()).clock(StandingClock.CLOCK).build();
    }

    private Path file() {
        return directory.resolve("kvstore.db");
    }

    private static boolean isFound(RecordedClients<Event> clients) throws Exception {
        for (long seed = 0; seed < ROUNDS; seed++) {
            if (!REGISTERS.violations(clients.round(seed, 20)).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static Event set(String value, long invoked, long returned) {
        return event(Kind.SET, value, Optional.empty(), invoked, returned);
    }

    private static Event read(String value, long invoked, long returned) {
        return event(Kind.READ, "", Optional.ofNullable(value), invoked, returned);
    }

    private static Event delete(boolean there, long invoked, long returned) {
        return event(Kind.DELETE, "", Event.present(there), invoked, returned);
    }

    private static Event event(Kind kind, String value, Optional<String> answer, long invoked, long returned) {
        return new Event(0, "register", kind, Optional.of(value), answer, invoked, returned);
    }
}
