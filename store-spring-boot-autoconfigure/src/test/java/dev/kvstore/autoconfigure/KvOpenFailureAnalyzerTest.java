package dev.kvstore.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.KvOpenException;
import dev.kvstore.KvOpenException.Reason;
import dev.kvstore.secrets.Secrets;
import dev.kvstore.sqlite.SqliteKvStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.env.MockEnvironment;

@ExtendWith(OutputCaptureExtension.class)
class KvOpenFailureAnalyzerTest {

    @TempDir
    Path directory;

    @Test
    void aDirectoryThatCannotBeCreated(CapturedOutput output) throws IOException {
        Path file =
                Files.writeString(directory.resolve("taken"), "no directory").resolve("kvstore.db");
        start(Reason.DIRECTORY, file);
        assertAnalysis(output, file, "cannot create a file there", "make it writable", "'kvstore.path'");
    }

    @Test
    void aFileThatIsNotADatabase(CapturedOutput output) throws IOException {
        Path file = Files.writeString(directory.resolve("notes.txt"), "This is text and not a database. ".repeat(9));
        start(Reason.NOT_A_STORE, file);
        assertAnalysis(output, file, "not a SQLite database", "Nothing was changed", "'kvstore.path'");
    }

    @Test
    void aDirectoryInPlaceOfAFile(CapturedOutput output) {
        start(Reason.NOT_A_STORE, directory);
        assertAnalysis(output, directory, "the path is a directory", "Name a file", "'kvstore.path'");
    }

    @ParameterizedTest
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "not valid paths on Windows")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ~/kvstore.db          | '~' is the home directory to a shell | '${user.home}/'
            file:/data/kvstore.db | 'file:' makes it a URL               | Leave out 'file:'
            classpath:kvstore.db  | 'classpath:' makes it a URL          | name a file on a disk
            """)
    void aPathWithASyntaxOfShellOrSpring(String path, String problem, String action, CapturedOutput output) {
        start(Reason.PATH, Path.of(path));
        assertAnalysis(output, Path.of(path), problem, action, "'kvstore.path'");
    }

    @Test
    void aNameReservedForAFileOfSqlite(CapturedOutput output) {
        Path file = directory.resolve("kvstore.db-wal");
        start(Reason.PATH, file);
        assertAnalysis(output, file, "its name ends in '-wal'", "Choose another name", "'kvstore.path'");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows does not expose the number of links")
    void aFileWithAHardLink(CapturedOutput output) throws IOException {
        Path file = directory.resolve("kvstore.db");
        SqliteKvStore.open(file).close();
        Files.createLink(directory.resolve("second.db"), file);
        start(Reason.SECOND_NAME, file);
        assertAnalysis(output, file, "2 names (hard links)", "Remove the other names", "'kvstore.path'");
    }

    @Test
    void aReadOnlyStoreWhoseFileIsMissing(CapturedOutput output) {
        Path file = directory.resolve("kvstore.db");
        start(Reason.MISSING, file, "kvstore.read-only=true");
        assertAnalysis(output, file, "does not exist", "open it once for writing", "'kvstore.read-only'");
    }

    @Test
    void aReadOnlyStoreWhoseFileNeedsAMigration(CapturedOutput output) throws SQLException {
        Path file = directory.resolve("kvstore.db");
        execute(
                file,
                "CREATE TABLE kv(grp TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY(grp, key))");
        start(Reason.OUTDATED, file, "kvstore.read-only=true");
        assertAnalysis(output, file, "needs a migration", "Open it once for writing", "'kvstore.read-only'");
    }

    @Test
    void aFileLockedByAnotherConnection(CapturedOutput output) throws SQLException {
        Path file = directory.resolve("kvstore.db");
        try (Connection connection = Hosts.connect(file);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE other(id)");
            statement.execute("BEGIN EXCLUSIVE");
            start(Reason.LOCKED, file, "kvstore.busy-timeout=50ms");
        }
        assertAnalysis(output, file, "holds a lock", "End that process", "kvstore.busy-timeout");
    }

    @Test
    void aFileWrittenByANewerVersion(CapturedOutput output) throws SQLException {
        Path file = directory.resolve("kvstore.db");
        SqliteKvStore.open(file).close();
        execute(file, "UPDATE kvstore_schema_history SET version = '99' WHERE version = '6'");
        start(Reason.NEWER, file);
        assertAnalysis(
                output,
                file,
                "written by a newer version",
                "Use the version of the library that wrote it",
                "'kvstore.path'");
    }

    @Test
    void aDamagedFile(CapturedOutput output) throws IOException {
        Path file = directory.resolve("kvstore.db");
        try (SqliteKvStore store = SqliteKvStore.open(file)) {
            store.set("group", "key", Secrets.VALUE.repeat(10_000));
        }
        byte[] half = Arrays.copyOf(Files.readAllBytes(file), 9_000);
        Files.write(file, half);
        start(Reason.DAMAGED, file);
        assertAnalysis(output, file, "the database is damaged", "restore a backup", "'kvstore.path'");
    }

    @ParameterizedTest
    @EnumSource
    void theAnalysisOfEveryReasonHasPathProblemAndAction(Reason reason) {
        KvOpenException failure = new KvOpenException(reason, "/a/file", "the problem", "The action.", null);
        FailureAnalysis analysis = Objects.requireNonNull(new KvOpenFailureAnalyzer(new MockEnvironment())
                .analyze(new BeanCreationException("kvStore", failure)));
        assertThat(analysis.getDescription()).isEqualTo("The store '/a/file' could not be opened: the problem.");
        assertThat(analysis.getAction())
                .startsWith("The action.")
                .doesNotContain("%s")
                .doesNotEndWith(" ");
    }

    private static void start(Reason reason, Path file, String... properties) {
        String[] all = Arrays.copyOf(properties, properties.length + 1);
        all[properties.length] = "kvstore.path=" + file;
        assertThatExceptionOfType(BeanCreationException.class)
                .isThrownBy(() -> Starts.with(all))
                .satisfies(e -> assertThat(reasons(e)).containsExactly(reason));
    }

    private static List<Reason> reasons(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(KvOpenException.class::isInstance)
                .map(e -> ((KvOpenException) e).reason())
                .toList();
    }

    private static void assertAnalysis(
            CapturedOutput output, Path file, String problem, String action, String property) {
        assertThat(output.getAll().substring(output.getAll().indexOf("APPLICATION FAILED TO START") - 40))
                .contains("Description:")
                .contains("The store '" + file + "' could not be opened: ")
                .contains(problem)
                .contains("Action:")
                .contains(action)
                .contains(property);
    }

    private static void execute(Path file, String sql) throws SQLException {
        try (Connection connection = Hosts.connect(file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
