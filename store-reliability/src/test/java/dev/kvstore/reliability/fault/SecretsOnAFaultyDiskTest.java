package dev.kvstore.reliability.fault;

import static dev.kvstore.secrets.Secrets.VALUE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvStore;
import dev.kvstore.reliability.ForwardingKvStore;
import dev.kvstore.reliability.SecretOperations;
import dev.kvstore.reliability.fault.FaultyDisk.DiskFault;
import dev.kvstore.secrets.SecretLog;
import dev.kvstore.secrets.Secrets;
import dev.kvstore.sqlite.ChildProcess;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessException;
import org.springframework.util.unit.DataSize;

/**
 * No exception, log event or warning of a store on a failing disk contains a value. {@link ChildProcess} searches the
 * output and the log of the process.
 */
class SecretsOnAFaultyDiskTest {

    @TempDir
    Path directory;

    private FaultyDisk disk;

    @BeforeEach
    void build() throws Exception {
        disk = FaultyDisk.in(directory);
    }

    static List<DiskFault> faults() {
        return List.of(
                new DiskFault("write", "-wal", "eio", 1),
                new DiskFault("write", "-wal", "torn", 1),
                new DiskFault("sync", "-wal", "eio", 1));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aStoreDisclosesNone(DiskFault fault) throws Exception {
        assertThat(output(fault, "keeps"))
                .anyMatch(line -> line.contains("SQLITE_IOERR"))
                .contains("done");
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aStoreWithANearCacheDisclosesNone(DiskFault fault) throws Exception {
        assertThat(output(fault, "keeps", "cached"))
                .anyMatch(line -> line.contains("SQLITE_IOERR"))
                .contains("done");
    }

    @Test
    void aStoreThatDisclosesTheFailedValueIsFound() throws Exception {
        assertThat(output(faults().get(0), "discloses")).contains("done");

        assertThat(SecretLog.drain())
                .isNotEmpty()
                .allMatch(leak -> leak.startsWith("printed by Worker") && leak.contains("could not be written"));
    }

    /** The output of the process after its disk has failed. */
    private List<String> output(DiskFault fault, Object... how) throws Exception {
        List<String> jvm = List.of("-Xmx256m", "-Dorg.sqlite.tmpdir=" + directory);
        Object[] arguments = new Object[how.length + 1];
        arguments[0] = disk.directory().resolve("kvstore.db");
        System.arraycopy(how, 0, arguments, 1, how.length);
        try (ChildProcess child = ChildProcess.start(disk.environment(), Worker.class, jvm, arguments)) {
            child.awaitLine("ready");
            disk.inject(fault);
            child.proceed();
            List<String> output = child.remainingLines().toList();
            assertThat(disk.faults()).isNotEmpty();
            return output;
        }
    }

    /** The process on the disk, which prints all exceptions. */
    static final class Worker {

        private Worker() {}

        public static void main(String[] arguments) throws Exception {
            SqliteKvStore.Builder builder = SqliteKvStore.builder().file(Path.of(arguments[0]));
            if (arguments.length > 2) {
                builder.nearCache(DataSize.ofMegabytes(1));
            }
            try (SqliteKvStore kv = builder.build()) {
                kv.set("group", "key", VALUE);
                System.out.println("ready");
                System.in.read();
                SecretOperations.call(arguments[1].equals("discloses") ? new Disclosing(kv) : kv)
                        .forEach(failure -> System.out.println(Secrets.textOf(failure.thrown())));
            }
            System.out.println("done");
        }
    }

    private static final class Disclosing extends ForwardingKvStore {

        Disclosing(KvStore kv) {
            super(kv);
        }

        @Override
        public void set(String group, String key, String value) {
            try {
                super.set(group, key, value);
            } catch (DataAccessException e) {
                throw new IllegalStateException("'" + value + "' could not be written", e);
            }
        }
    }
}
