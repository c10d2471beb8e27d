package dev.kvstore.reliability.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.reliability.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of all known faults, each with its test. */
class FaultsTest {

    private static final List<Path> SOURCES = List.of(Path.of("src/test/java"), Path.of("../store-core/src/test/java"));

    private static final List<Fault> FAULTS = List.of(
            new Fault(
                    "disk full, eight threads writing",
                    "`DataAccessResourceFailureException`, make room; reads continue, and writes once there is room",
                    "LoadedStoreTest#aFullDiskRefusesWritesUntilThereIsRoom"),
            new Fault(
                    "disk full in a batch",
                    "only the caller whose write needs the room fails",
                    "GroupCommitTest#aFullDiskFailsOnlyTheWriteThatNeedsTheRoom"),
            new Fault(
                    "disk full when a store is opened or migrated",
                    "`KvOpenException`, make room; no entry is lost, and the store opens once there is room",
                    "FullDiskOpeningTest#aMigrationThatFillsTheDiskLosesNoEntry"),
            new Fault(
                    "sync or write of the WAL fails, or is torn",
                    "`DataAccessResourceFailureException`; acknowledged writes survive a power cut as well",
                    "FaultyDiskTest#aFailedWriteIsReportedAndTheStoreContinuesWhenTheDiskDoes"),
            new Fault(
                    "a partial write, to the WAL or in a checkpoint",
                    "none; the store completes the write",
                    "FaultyDiskTest#aPartialWriteIsCompleted"),
            new Fault(
                    "write, truncation or sync of the database fails in a checkpoint",
                    "none, but a warning; the WAL keeps everything and is checkpointed again, also after a power cut",
                    "FaultyDiskTest#aFailedCheckpointIsReportedAndFailsNoWrite"),
            new Fault(
                    "sync of the database fails after a partial checkpoint without a sync",
                    "none, but a warning; the whole WAL is checkpointed again, or kept for the next opening",
                    "FailedCheckpointTest#theWholeWalIsCheckpointedAgainBeforeItIsOverwritten"),
            new Fault(
                    "power cut after the first write into a new file in a new directory",
                    "the names of both are synced before the write is acknowledged",
                    "FaultyDiskTest#theNamesOfANewFileAndItsDirectoriesAreSyncedBeforeTheFirstAcknowledgement"),
            new Fault(
                    "directory read-only, or cannot be created",
                    "`KvOpenException` that names it",
                    "OpenFailuresTest#aReadOnlyDirectoryIsNamed"),
            new Fault(
                    "not a database, or another application's",
                    "`KvOpenException`; the file is unchanged",
                    "OpenFailuresTest#aFileThatIsNotADatabaseIsRefusedUntouched"),
            new Fault(
                    "another program's, with its own view, trigger or index on `kv`, or with our names",
                    "`KvOpenException` with the names; the file is unchanged",
                    "AdoptionTest#objectsThatDependOnTheTableAreRefusedByName"),
            new Fault(
                    "another program's, with bytes that are not UTF-8",
                    "a warning with their number; `DataRetrievalFailureException` that names the entry that is read",
                    "InvalidUtf8Test#aMigrationInSeveralBatchesKeepsEveryInvalidKey"),
            new Fault(
                    "truncated",
                    "`KvOpenException`; the file and its WAL are kept",
                    "OpenFailuresTest#aTruncatedDatabaseIsRefusedAndKept"),
            new Fault("zero bytes", "a new store", "OpeningTest#anEmptyFileBecomesANewStore"),
            new Fault(
                    "zero bytes or missing, but with a WAL",
                    "`KvOpenException`; both are kept",
                    "OpenFailuresTest#aWalWhoseDatabaseIsMissingOrEmptyIsKept"),
            new Fault(
                    "deleted while open",
                    "`DataAccessResourceFailureException` that names the path; reads continue",
                    "ReplacedWhileOpenTest#onceTheFileIsDeletedWritesAreRefusedAndReadsContinue"),
            new Fault(
                    "replaced while open, eight threads writing",
                    "the same, until the file is back",
                    "LoadedStoreTest#aReplacedFileRefusesWritesUntilItIsBack"),
            new Fault(
                    "`-shm` deleted or replaced while open",
                    "`DataAccessResourceFailureException` that names it; reads continue; closing keeps the WAL",
                    "SharedMemoryTest#onceItIsDeletedWritesAreRefusedAndReadsContinue"),
            new Fault(
                    "a hard link to the file, or a mount of the file itself",
                    "`KvOpenException`; the file is unchanged",
                    "SecondNameTest#aMountOfTheFileItselfIsRefused"),
            new Fault(
                    "another driver of the same JVM has the file open",
                    "`KvOpenException`, share the driver or use a file each",
                    "ClassLoadersTest#aSecondDriverIsRefusedWithAnErrorThatNamesTheRemedies"),
            new Fault(
                    "locked at the start",
                    "waits for the busy timeout, then `KvOpenException`",
                    "OpenFailuresTest#openingWaitsForTheBusyTimeoutAndThenNamesTheLockedFile"),
            new Fault(
                    "locked for longer than the busy timeout",
                    "`CannotAcquireLockException`, no effect; works once the lock is released",
                    "LoadedStoreTest#aLockHeldLongerThanTheBusyTimeoutRefusesWritesUntilItsRelease"),
            new Fault(
                    "another process writes and purges without a pause",
                    "none in either process",
                    "SecondProcessTest#noAcknowledgedWriteOfEitherProcessIsLostAndNoCallFails"),
            new Fault(
                    "another program keeps a read transaction open",
                    "a warning at 64 MB of WAL and at each doubling; the WAL is reused once the reader has ended",
                    "LongReaderTest#theWalGrowsWithAWarningAndIsReusedOnceTheReaderHasEnded"),
            new Fault(
                    "the store's own reads overlap without a pause",
                    "none; the WAL starts over, for which a write waits for active reads, at most half a second; a"
                            + " warning at 64 MB of WAL if they take longer",
                    "SteadyReadsTest#theWalStaysShort"),
            new Fault(
                    "out of memory in a caller",
                    "`OutOfMemoryError`; other callers continue",
                    "OutOfMemoryTest#theCallerGetsAnErrorAndOthersContinue"),
            new Fault(
                    "out of memory in readers of large groups",
                    "`OutOfMemoryError`; afterwards each connection reads current data",
                    "OutOfMemoryInReadsTest#theCallersGetAnErrorAndEveryReaderReadsCurrentDataAfterwards"),
            new Fault(
                    "a heap full of small objects, so that handling a failure fails as well",
                    "its own `OutOfMemoryError`, or an exception that says whether the write may be in the store",
                    "ExhaustedHeapTest#noAcknowledgedWriteIsLostAndNoCallerHangs"),
            new Fault(
                    "a stack overflow anywhere in the store or in the driver",
                    "`StackOverflowError` for that caller only; other callers continue",
                    "ExhaustedStackTest#noAcknowledgedWriteIsLostAndNoCallerHangs"),
            new Fault(
                    "a transaction that cannot be rolled back because memory ran out",
                    "an error that does not blame another process; the transaction is ended before the next write",
                    "GivenUpConnectionTest#aRollbackThatRunsOutOfMemoryIsRetriedAtALaterWrite"),
            new Fault(
                    "a log appender that writes to the store",
                    "the event is written: the store logs only while no other write waits for it",
                    "StoreInAppenderTest#theEventIsWrittenAndNoCallerHangs"),
            new Fault(
                    "locked while a failed batch is run write by write",
                    "`CannotAcquireLockException` for each write when its own busy timeout is over",
                    "GroupCommitTest#aLockTakenWhileABatchIsSplitIsNotAwaitedByEachOfItsWritesInTurn"),
            new Fault(
                    "interrupts, before and at any moment of a call",
                    "the call completes, the flag is kept",
                    "InterruptTest#everySetCompletesAndNoInterruptIsSwallowed"));

    // The tests of store-core are not in a jar.
    private static String source(Fault fault) throws IOException {
        for (Path sources : SOURCES) {
            try (Stream<Path> files = Files.walk(sources)) {
                Optional<Path> source = files.filter(file -> file.endsWith(fault.className() + ".java"))
                        .findFirst();
                if (source.isPresent()) {
                    return Files.readString(source.get());
                }
            }
        }
        throw new AssertionError("No class " + fault.className());
    }

    @Test
    void everyFaultHasATest() throws Exception {
        for (Fault fault : FAULTS) {
            assertThat(source(fault)).as(fault.test()).contains("void " + fault.method() + "(");
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
            return "| " + name + " | " + outcome + " | `" + className() + "` |";
        }
    }
}
