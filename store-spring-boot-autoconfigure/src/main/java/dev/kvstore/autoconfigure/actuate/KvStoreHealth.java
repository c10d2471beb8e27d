package dev.kvstore.autoconfigure.actuate;

import dev.kvstore.KvClosedException;
import dev.kvstore.KvStatus;
import dev.kvstore.KvStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.util.unit.DataSize;

/**
 * The health of the stores: each answers a read, the last write did not fail, the write-ahead log can be checkpointed,
 * and the disk has space. It writes nothing.
 */
class KvStoreHealth extends AbstractHealthIndicator {

    /** A group that no application has. It is counted, since a count always asks the database. */
    private static final String ABSENT = "dev.kvstore.health";

    private final Map<String, KvStore> stores;
    private final KvStoreWatch watch;
    private final DataSize threshold;

    KvStoreHealth(Map<String, KvStore> stores, KvStoreWatch watch, DataSize threshold) {
        super("The store could not be checked");
        this.stores = Map.copyOf(stores);
        this.watch = watch;
        this.threshold = threshold;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        health.up();
        stores.forEach((name, store) -> checkRead(health, stores.size() == 1 ? "read" : "read." + name, store));
        KvStatus status = watch.status();
        if (status != null) {
            checkWrites(health);
            checkWal(health, status);
            status.file().ifPresent(file -> checkSpace(health, file));
        }
    }

    private static void checkRead(Health.Builder health, String detail, KvStore store) {
        try {
            store.count(ABSENT);
            health.withDetail(detail, "ok");
        } catch (KvClosedException e) {
            health.down().withDetail(detail, "the store is closed");
        } catch (RuntimeException e) {
            health.down().withDetail(detail, WriteFailure.inWords(e));
        }
    }

    private void checkWrites(Health.Builder health) {
        WriteFailure failure = watch.lastWriteFailure();
        if (failure == null) {
            health.withDetail("lastWrite", "ok");
        } else {
            health.down().withDetail("lastWrite", failure.words()).withDetail("lastWriteFailedAt", failure.at());
        }
    }

    private static void checkWal(Health.Builder health, KvStatus status) {
        status.size().ifPresent(size -> health.withDetail("size", size));
        status.walSize().ifPresent(size -> health.withDetail("walSize", size));
        if (status.isCheckpointFailing()) {
            health.down().withDetail("checkpoint", "the last one failed: check the disk and the system's log");
        }
    }

    private void checkSpace(Health.Builder health, Path file) {
        try {
            long free = Files.getFileStore(file).getUsableSpace();
            health.withDetail("free", free).withDetail("threshold", threshold.toBytes());
            if (free < threshold.toBytes()) {
                health.down();
            }
        } catch (IOException e) {
            health.down().withDetail("free", "the file is gone, or cannot be read");
        }
    }
}
