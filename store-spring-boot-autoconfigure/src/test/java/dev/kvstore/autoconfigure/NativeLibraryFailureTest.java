package dev.kvstore.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.Heavy;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures of the native SQLite library. A JVM loads it once, so that each test starts a JVM. */
@Heavy
class NativeLibraryFailureTest {

    private static final String CLASS_PATH = System.getProperty("java.class.path");

    @TempDir
    Path directory;

    @Test
    void theAnalysisOfAnOutdatedSqliteHasTheFixForEachBuildTool() throws Exception {
        Path file = directory.resolve("kvstore.db");
        String output = Starts.inSeparateJvm(withOldSqlite(), List.of(), "--kvstore.path=" + file);
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("The store '" + file + "' could not be opened: SQLite 3.50.3 was found")
                .contains("<sqlite-jdbc.version>3.54.1.0</sqlite-jdbc.version>")
                .contains("<dependencyManagement>")
                .contains("ext['sqlite-jdbc.version'] = '3.54.1.0'");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void theAnalysisOfALibraryThatCannotBeUnpackedNamesTheDirectory() throws Exception {
        Path file = directory.resolve("kvstore.db");
        Path temporary = directory.resolve("missing");
        String output =
                Starts.inSeparateJvm(CLASS_PATH, List.of("-Dorg.sqlite.tmpdir=" + temporary), "--kvstore.path=" + file);
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("the native library of SQLite could not be loaded")
                .contains("'" + temporary + "', which must be writable and not mounted noexec")
                .contains("-Dorg.sqlite.tmpdir=")
                .doesNotContain("SQLiteJDBCLoader", "\tat ");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void theAnalysisOfAMissingLibraryNamesTheDependencyToAdd() throws Exception {
        Path file = directory.resolve("kvstore.db");
        String output = Starts.inSeparateJvm(without("jackson-databind"), List.of(), "--kvstore.path=" + file);
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("The store '" + file + "' could not be opened: java.lang.NoClassDefFoundError: ")
                .contains("jackson.core:jackson-databind, or remove the exclusion");
    }

    @Test
    void aFirstStartLogsOneLineOfTheStoreAndNoneOfFlyway() throws Exception {
        Path file = directory.resolve("kvstore.db");
        String output = Starts.inSeparateJvm(CLASS_PATH, List.of(), "--kvstore.path=" + file);
        assertThat(output.lines().filter(line -> line.startsWith("INFO") && !line.contains("Starts ")))
                .singleElement()
                .asString()
                .contains("Opened the store '" + file + "'");
    }

    private static String without(String library) {
        return Arrays.stream(CLASS_PATH.split(File.pathSeparator))
                .filter(entry -> !entry.contains(library))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The class path of this build, with the driver of Spring Boot 4.0.7. */
    private static String withOldSqlite() throws IOException {
        File old = new File("target/old-sqlite/sqlite-jdbc.jar").getCanonicalFile();
        assertThat(old).exists();
        return Arrays.stream(CLASS_PATH.split(File.pathSeparator))
                .map(entry -> entry.contains("sqlite-jdbc") ? old.getPath() : entry)
                .collect(Collectors.joining(File.pathSeparator));
    }
}
