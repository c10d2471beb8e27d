package dev.kvstore.reliability.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.reliability.Findings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every fault that we know of has a test; this is the table of them. */
class FaultsTest {

    private static final String CORE = "dev.kvstore.sqlite.";
    private static final String HERE = "dev.kvstore.reliability.fault.";

    private static final List<Fault> FAULTS = List.of(
            new Fault(
                    "disk full, eight threads writing",
                    "`DataAccessResourceFailureException`, make room; reads go on, writes again once there is room",
                    HERE + "LoadedStoreTest#aDiskThatIsFullRefusesWritesUntilThereIsRoom"),
            new Fault(
                    "disk full in a batch",
                    "only the caller who needs the room fails",
                    CORE + "GroupCommitTest#aFullDiskFailsTheOneThatNeedsTheRoom"),
            new Fault(
                    "disk full when a store is opened, or migrated",
                    "`KvOpenException`, make room; no entry is lost, and it opens once there is room",
                    CORE + "FullDiskOpeningTest#aMigrationThatFindsNoRoomLosesNothing"),
            new Fault(
                    "sync or write of the log fails, or is torn",
                    "`DataAccessResourceFailureException`; what was acknowledged survives a power cut as well",
                    HERE + "FaultyDiskTest#aWriteThatFailsIsToldAndTheStoreGoesOnWhenTheDiskDoes"),
            new Fault(
                    "a write that is not done whole, in the log or in a checkpoint",
                    "nothing: it is gone on with",
                    HERE + "FaultyDiskTest#whatIsNotWrittenWholeIsGoneOnWith"),
            new Fault(
                    "write, truncation or sync of the database fails in a checkpoint",
                    "nothing fails, a warning; all stays in the log and is moved again, also after a power cut",
                    HERE + "FaultyDiskTest#aCheckpointThatFailsIsToldAndFailsNoWrite"),
            new Fault(
                    "sync of the database fails after a part of the log was moved without one",
                    "nothing fails, a warning; the log is moved again from its beginning, or stays for the next opening",
                    HERE + "FailedCheckpointTest#theLogIsMovedAgainFromItsBeginningBeforeItIsOverwritten"),
            new Fault(
                    "loss of power after the first write into a new file in a new directory",
                    "the names of both are synced before the write is acknowledged",
                    HERE
                            + "FaultyDiskTest#theNamesOfANewFileAndOfItsDirectoriesAreSyncedBeforeItsFirstEntryIsAcknowledged"),
            new Fault(
                    "directory read-only, or cannot be created",
                    "`KvOpenException` that names it",
                    CORE + "OpeningTest#aDirectoryThatIsReadOnlyIsNamed"),
            new Fault(
                    "not a database, or another application's",
                    "`KvOpenException`; the file is untouched",
                    CORE + "OpeningTest#aFileThatIsNoDatabaseIsRefusedUntouched"),
            new Fault(
                    "another program's, with a view, trigger or index of its own on `kv`, or with our names",
                    "`KvOpenException` with the names; the file is untouched",
                    CORE + "AdoptionTest#whatDependsOnTheTableIsRefusedByItsName"),
            new Fault(
                    "another program's, with bytes that are not UTF-8",
                    "a warning with their number; `DataRetrievalFailureException` that names the entry that is read",
                    CORE + "ForeignBytesTest#aTableOfMoreThanABatchOfThemIsMigratedWhole"),
            new Fault(
                    "truncated",
                    "`KvOpenException`; the file and its log are kept",
                    CORE + "OpeningTest#aTruncatedDatabaseIsRefusedAndKept"),
            new Fault("zero bytes", "a new store", CORE + "OpeningTest#aZeroByteFileIsANewStore"),
            new Fault(
                    "zero bytes or missing, but with a log",
                    "`KvOpenException`; both are kept",
                    CORE + "OpeningTest#aLogWhoseDatabaseIsMissingOrEmptyIsKept"),
            new Fault(
                    "deleted while open",
                    "`DataAccessResourceFailureException` that names the path; reads go on",
                    CORE + "FaultTest#aFileThatWasDeletedWhileOpenTakesNoMoreWrites"),
            new Fault(
                    "replaced while open, eight threads writing",
                    "the same, until the file is back",
                    HERE + "LoadedStoreTest#aFileThatIsReplacedRefusesWritesUntilItIsBack"),
            new Fault(
                    "`-shm` deleted or replaced while open",
                    "`DataAccessResourceFailureException` that names it; reads go on; closing leaves the WAL in place",
                    CORE + "SharedMemoryTest#onceItIsDeletedWritesAreRefusedAndReadsGoOn"),
            new Fault(
                    "a hard link to the file, or a mount of the file alone",
                    "`KvOpenException`; the file is untouched",
                    CORE + "SecondNameTest#aFileThatIsMountedByItselfIsRefused"),
            new Fault(
                    "another driver of the same JVM has the file open",
                    "`KvOpenException`, share the driver or have a file each",
                    CORE + "ClassLoadersTest#aSecondDriverOnAnOpenFileIsRefusedByWordsThatHelp"),
            new Fault(
                    "locked at the start",
                    "waits for the busy timeout, then `KvOpenException`",
                    CORE + "OpeningTest#aFileThatAnotherProcessHasLockedIsWaitedForAndThenNamed"),
            new Fault(
                    "locked for longer than the busy timeout",
                    "`CannotAcquireLockException`, no effect; works once released",
                    HERE + "LoadedStoreTest#aLockThatIsHeldLongerThanTheBusyTimeoutRefusesWritesUntilItIsReleased"),
            new Fault(
                    "another process writes and purges all the time",
                    "nothing fails in either",
                    HERE + "SecondProcessTest#whatBothWereToldIsThereAndNobodyWaitsInVain"),
            new Fault(
                    "another program keeps a read transaction open",
                    "a warning at 64 MB of log and at each doubling; the log is reused once the reader is gone",
                    HERE + "LongReaderTest#theLogGrowsWithAWarningAndIsReusedOnceTheReaderIsGone"),
            new Fault(
                    "the store's own reads overlap without a pause",
                    "nothing fails; the log starts over, for which a write waits for reads under way, half a second at"
                            + " the most; a warning at 64 MB of log if they are longer than that",
                    HERE + "SteadyReadsTest#theWalStaysShort"),
            new Fault(
                    "out of memory in a caller",
                    "`OutOfMemoryError`; the others go on",
                    HERE + "OutOfMemoryTest#theCallerIsToldAndTheOthersGoOn"),
            new Fault(
                    "out of memory in readers of large groups",
                    "`OutOfMemoryError`; afterwards each connection sees the present",
                    HERE + "OutOfMemoryInReadsTest#theCallersAreToldAndEveryReaderSeesThePresentAfterwards"),
            new Fault(
                    "a heap that is full of small objects, so that handling a failure fails as well",
                    "its own `OutOfMemoryError`, or an exception that says whether the write may be in the store",
                    HERE + "ExhaustedHeapTest#whatIsAcknowledgedIsThereAndNobodyHangs"),
            new Fault(
                    "a stack that ends anywhere in the store or in the driver",
                    "`StackOverflowError` for that caller alone; the others go on",
                    HERE + "ExhaustedStackTest#whatIsAcknowledgedIsThereAndNobodyHangs"),
            new Fault(
                    "a transaction that cannot be rolled back because memory ran out",
                    "an error that blames nobody else; it is ended before the next write",
                    CORE + "GivenUpConnectionTest#aTransactionThatCannotBeEndedForWantOfMemoryIsEndedAtALaterWrite"),
            new Fault(
                    "a log appender that writes to the store",
                    "the line is written: the store logs when no other write waits for that",
                    HERE + "StoreInAppenderTest#theLineIsWrittenAndNobodyHangs"),
            new Fault(
                    "locked while a batch that failed is run write by write",
                    "`CannotAcquireLockException` for each when its own busy timeout is over",
                    CORE
                            + "GroupCommitTest#aLockThatIsTakenWhileABatchIsSeparatedIsNotWaitedForByEachOfItsWritesInTurn"),
            new Fault(
                    "interrupts, before a call and at any moment of it",
                    "the call is done, the flag is kept",
                    HERE + "InterruptTest#everySetIsDoneAndNoInterruptIsSwallowed"));

    // The tests of the core are in no jar.
    private static Path source(Fault fault) {
        String path = fault.className().replace('.', '/') + ".java";
        return Stream.of(Path.of("src/test/java", path), Path.of("../store-core/src/test/java", path))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no " + path));
    }

    @Test
    void everyFaultHasATest() throws Exception {
        for (Fault fault : FAULTS) {
            assertThat(source(fault)).as(fault.test()).content().contains("void " + fault.method() + "(");
        }
        Findings.record(
                "faults",
                FAULTS.stream()
                        .map(Fault::row)
                        .collect(Collectors.joining(
                                "\n", "\n| fault | what the caller gets | test |\n|---|---|---|\n", "\n")));
    }

    private record Fault(String name, String outcome, String test) {

        String className() {
            return test.substring(0, test.indexOf('#'));
        }

        String method() {
            return test.substring(test.indexOf('#') + 1);
        }

        String row() {
            return "| " + name + " | " + outcome + " | `"
                    + className().substring(className().lastIndexOf('.') + 1) + "` |";
        }
    }
}
