package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvstore.KvOpenException;
import dev.kvstore.KvOpenException.Reason;
import dev.kvstore.sqlite.file.OpenFile;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Several web applications in one JVM: SQLite's locks do not work between two drivers in one process. */
class ClassLoadersTest {

    @TempDir
    Path directory;

    @Tag("slow")
    @Test
    void aSecondDriverIsRefusedWithAnErrorThatNamesTheRemedies() throws Throwable {
        Path file = directory.resolve("kvstore.db");
        try (IsolatedStores first = IsolatedStores.withDriver();
                IsolatedStores second = IsolatedStores.withDriver()) {
            try (IsolatedStores.Store kv = first.open(file)) {
                kv.set("key", "value");

                assertThatThrownBy(() -> second.open(file))
                        .hasMessageContaining(file.toString())
                        .hasMessageContaining("an SQLite driver of its own")
                        .hasMessageContaining("share one driver")
                        .hasMessageContaining("a file of its own")
                        .hasMessageContaining("undeployed without closing");
                requireOtherDriver(file);
            }
            try (IsolatedStores.Store kv = second.open(file)) {
                assertThat(kv.get("key")).isEqualTo(Optional.of("value"));
                requireOtherDriver(file);
            }
        }
        SqliteKvStore.open(file).close();
        assertThat(notes()).isEmpty();
    }

    @Tag("slow")
    @Test
    void aFileIsRecognizedByAnyOfItsPaths() throws Throwable {
        Path file = directory.resolve("kvstore.db");
        SqliteKvStore.open(file).close();
        Path link = Files.createSymbolicLink(directory.resolve("link.db"), file);
        try (IsolatedStores other = IsolatedStores.withDriver();
                IsolatedStores.Store kv = other.open(link)) {
            kv.set("key", "value");

            requireOtherDriver(file);
            requireOtherDriver(directory.resolve("../" + directory.getFileName() + "/kvstore.db"));
        }
    }

    @Tag("slow")
    @Test
    void applicationsThatShareTheDriverCanShareAFile() throws Throwable {
        Path file = directory.resolve("kvstore.db");
        try (URLClassLoader server = IsolatedStores.sharedLibraries();
                IsolatedStores first = IsolatedStores.below(server);
                IsolatedStores second = IsolatedStores.below(server);
                IsolatedStores.Store one = first.open(file);
                IsolatedStores.Store two = second.open(file)) {
            one.set("key", "value");
            assertThat(two.get("key")).isEqualTo(Optional.of("value"));
            two.set("key", "changed");
            assertThat(one.get("key")).isEqualTo(Optional.of("changed"));
        }
        assertThat(notes()).isEmpty();
    }

    @Tag("slow")
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a near cache is not supported on Windows")
    void aStoreWithANearCacheSharesItsFileWithNoOtherClassLoader() throws Throwable {
        Path file = directory.resolve("kvstore.db");
        try (URLClassLoader server = IsolatedStores.sharedLibraries();
                IsolatedStores first = IsolatedStores.below(server);
                IsolatedStores second = IsolatedStores.below(server)) {
            try (IsolatedStores.Store cached = first.openWithNearCache(file)) {
                cached.set("key", "value");
                assertThatThrownBy(() -> second.open(file)).hasMessageContaining("a near cache");
                assertThatThrownBy(() -> second.openWithNearCache(file)).hasMessageContaining("a near cache");
            }
            try (IsolatedStores.Store plain = second.open(file)) {
                assertThat(plain.get("key")).isEqualTo(Optional.of("value"));
                assertThatThrownBy(() -> first.openWithNearCache(file)).hasMessageContaining("a near cache");
            }
        }
        assertThat(notes()).isEmpty();
    }

    @Test
    void aFailedOpeningLeavesNoNote() throws Exception {
        Path file = Files.writeString(directory.resolve("kvstore.db"), "this is no database; ".repeat(100));

        assertThatExceptionOfType(KvOpenException.class).isThrownBy(() -> SqliteKvStore.open(file));

        assertThat(notes()).isEmpty();
    }

    @Test
    void closingAStoreTwiceDoesNotRemoveTheNoteOfAnother() throws Exception {
        Path file = directory.resolve("kvstore.db");
        try (SqliteKvStore open = SqliteKvStore.open(file)) {
            SqliteKvStore closed = SqliteKvStore.open(file);
            closed.close();
            closed.close();

            assertThat(notes()).hasSize(1);
            assertThatExceptionOfType(KvOpenException.class)
                    .isThrownBy(() -> SqliteKvStore.builder()
                            .file(file)
                            .nearCache(DataSize.ofMegabytes(1))
                            .build());
            open.set("group", "key", "value");
        }
        assertThat(notes()).isEmpty();
    }

    @Test
    void threadsThatOpenAndCloseTheFileConcurrentlyLeaveNoNote() throws Exception {
        Path file = Files.createFile(directory.resolve("kvstore.db"));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Object>> openings = IntStream.range(0, 8)
                    .<Callable<Object>>mapToObj(thread -> () -> {
                        for (int i = 0; i < 1_000; i++) {
                            OpenFile.open(file, false).close();
                        }
                        return thread;
                    })
                    .toList();
            for (Future<Object> opened : threads.invokeAll(openings)) {
                opened.get();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(notes()).isEmpty();
    }

    @Test
    void aHostCanStillListTheSystemProperties() {
        try (SqliteKvStore kv = SqliteKvStore.open(directory.resolve("kvstore.db"))) {
            kv.set("group", "key", "value");
            assertThat(notes()).hasSize(1);
            System.getProperties().list(new PrintStream(OutputStream.nullOutputStream()));
        }
    }

    private static void requireOtherDriver(Path file) {
        assertThatExceptionOfType(KvOpenException.class)
                .isThrownBy(() -> SqliteKvStore.open(file))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.OTHER_DRIVER));
    }

    private static List<Object> notes() {
        return System.getProperties().keySet().stream()
                .filter(name -> name.toString().startsWith("dev.kvstore.open-file."))
                .toList();
    }
}
