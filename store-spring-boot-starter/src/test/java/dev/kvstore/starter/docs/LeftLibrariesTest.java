package dev.kvstore.starter.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.sqlite.ChildProcess;
import dev.kvstore.sqlite.SqliteKvStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command of the page deletes the libraries that killed processes leave, and no others. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has /proc")
class LeftLibrariesTest {

    @TempDir
    Path temporary;

    @Test
    void theLibraryOfAKilledProcessIsDeletedAndThatOfALivingOneIsKept() throws Exception {
        try (ChildProcess living = start()) {
            living.awaitLine("opened");
            Set<Path> ofTheLiving = files();
            try (ChildProcess killed = start()) {
                killed.awaitLine("opened");
                killed.kill();
            }
            assertThat(files()).hasSize(4);

            runTheCommand();
            assertThat(files()).hasSize(4);

            for (Path file : files()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
            }
            runTheCommand();
            assertThat(files()).hasSize(2).isEqualTo(ofTheLiving);
        }
    }

    private ChildProcess start() throws IOException {
        return ChildProcess.start(Open.class, List.of("-Dorg.sqlite.tmpdir=" + temporary));
    }

    private Set<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.collect(Collectors.toCollection(HashSet::new));
        }
    }

    private void runTheCommand() throws Exception {
        String command = Page.read("docs/applications.md").blocks("shell").stream()
                .filter(block -> block.contains("libsqlitejdbc"))
                .findFirst()
                .orElseThrow();
        Process process = new ProcessBuilder("sh", "-c", command.replace("/tmp", temporary.toString()))
                .redirectErrorStream(true)
                .start();
        assertThat(process.getInputStream().readAllBytes()).isEmpty();
        assertThat(process.waitFor()).isZero();
    }

    static final class Open {

        private Open() {}

        public static void main(String[] arguments) throws IOException {
            try (SqliteKvStore kv = SqliteKvStore.inMemory()) {
                kv.count("group");
                System.out.println("opened");
                System.in.read();
            }
        }
    }
}
