package dev.kvstore.benchmarks.targets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.benchmarks.contender.Contender;
import dev.kvstore.benchmarks.contender.Product;
import dev.kvstore.benchmarks.contender.Storage;
import dev.kvstore.benchmarks.contender.Target;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BulkFillTest {

    private final Keys keys = Keys.of(1000);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"KVSTORE, 100", "KVSTORE, 4096", "RAW, 100", "RAW_ROWID, 4096", "NAIVE, 100"})
    void everyEntryExistsAsIfItHadBeenSet(Product product, int bytes) {
        Target target = new Target(product, Storage.FULL);

        new BulkFill(keys, bytes, 0).fill(target, directory);

        try (Contender contender = target.open(directory)) {
            for (int row = 0; row < keys.rows(); row++) {
                assertThat(contender.get(keys.group(row), keys.key(row))).hasSize(bytes);
            }
            contender.set(keys.group(0), keys.key(0), "new");
            assertThat(contender.get(keys.group(0), keys.key(0))).isEqualTo("new");
            assertThat(contender.getAll("group-0")).hasSize(keys.perGroup());
        }
    }

    @ParameterizedTest
    @CsvSource({"KVSTORE, 100"})
    void theFirstEntriesHaveExpired(Product product, int bytes) {
        Target target = new Target(product, Storage.FULL);

        new BulkFill(keys, bytes, 500).fill(target, directory);

        try (Contender contender = target.open(directory)) {
            assertThat(contender.get(keys.group(499), keys.key(499))).isNull();
            assertThat(contender.get(keys.group(500), keys.key(500))).isNotNull();
        }
    }
}
