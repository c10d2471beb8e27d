package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvOpenException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;
import org.sqlite.util.LibraryLoaderUtil;

/** The driver unpacks SQLite's native library once in a JVM, so each test starts a JVM and reads all its output. */
@Tag("slow")
class NativeLibraryTest {

    @TempDir
    Path directory;

    private Path temporary;
    private Path file;

    @BeforeEach
    void createTheDirectories() throws IOException {
        temporary = Files.createDirectory(directory.resolve("temporary"));
        file = directory.resolve("kvstore.db");
    }

    @Test
    void aMissingTemporaryDirectoryIsRefused() throws Exception {
        Files.delete(temporary);

        requireRefused(temporary, "NoSuchFileException");
    }

    @Test
    void aTemporaryDirectoryMountedReadOnlyIsRefused() throws Exception {
        try (Mount mount = Mount.readOnly(temporary)) {
            requireRefused(mount.path(), "Read-only file system");
        }
    }

    @Test
    void aTemporaryDirectoryMountedNoexecIsRefused() throws Exception {
        try (Mount mount = Mount.noExecution(temporary)) {
            requireRefused(mount.path(), "no file in it can be executed");
            assertThat(mount.path()).isEmptyDirectory();
        }
    }

    @Test
    void aTemporaryDirectoryWithoutRoomForTheLibraryIsRefused() throws Exception {
        try (Mount mount = Mount.ofMegabytes(1, temporary)) {
            requireRefused(mount.path(), "No space left on device");
            assertThat(mount.path()).isEmptyDirectory();
        }
    }

    /** Requires a single line of output: the error, which names the directory and the setting. */
    private void requireRefused(Path temporary, String problem) throws Exception {
        assertThat(output(temporary, Open.class))
                .singleElement()
                .asString()
                .startsWith("NATIVE_LIBRARY")
                .contains(
                        file.toString(), problem, "the temporary directory '" + temporary + "'", "-Dorg.sqlite.tmpdir");
        assertThat(file).doesNotExist();
    }

    @Test
    void aLibraryInAConfiguredDirectoryNeedsNoTemporaryDirectory() throws Exception {
        Path libraries = Files.createDirectory(directory.resolve("libraries"));
        String name = LibraryLoaderUtil.getNativeLibName();
        try (var library = Open.class.getResourceAsStream(LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name)) {
            Files.copy(library, libraries.resolve(name));
        }
        try (Mount mount = Mount.noExecution(temporary)) {
            assertThat(output(mount.path(), Open.class, "-Dorg.sqlite.lib.path=" + libraries))
                    .containsExactly("opened");
            assertThat(output(mount.path(), Open.class, "-Djava.library.path=" + libraries))
                    .last()
                    .isEqualTo("opened");
        }
    }

    @Test
    void aLibraryThatIsAlreadyLoadedNeedsNoTemporaryDirectory() throws Exception {
        assertThat(output(temporary, OpenAfterTheDriver.class)).containsExactly("opened");
    }

    @Test
    void onlyTheUnpackedLibraryIsLeftInTheTemporaryDirectory() throws Exception {
        try (ChildProcess other = start(temporary, Open.class)) {
            other.awaitLine("opened");
            other.kill();
        }
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).hasSize(2).allMatch(path -> path.toString().contains("sqlitejdbc"));
        }
    }

    private List<String> output(Path temporary, Class<?> main, String... options) throws Exception {
        try (ChildProcess other = start(temporary, main, options)) {
            other.proceed();
            return other.remainingLines().toList();
        }
    }

    private ChildProcess start(Path temporary, Class<?> main, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.add("-Dorg.sqlite.tmpdir=" + temporary);
        return ChildProcess.start(main, arguments, file, temporary);
    }

    static final class Open {

        private Open() {}

        public static void main(String[] arguments) throws IOException {
            try {
                SqliteKvStore.open(Path.of(arguments[0])).close();
                System.out.println("opened");
                System.in.read();
            } catch (KvOpenException e) {
                System.out.println(e.reason() + " " + e.getMessage());
            }
        }
    }

    static final class OpenAfterTheDriver {

        private OpenAfterTheDriver() {}

        public static void main(String[] arguments) throws Exception {
            Foreign.open(Path.of(arguments[0] + ".other")).close();
            FileSystemUtils.deleteRecursively(Path.of(arguments[1]));
            Open.main(arguments);
        }
    }
}
