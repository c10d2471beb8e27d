package dev.kvstore.sqlite;

import dev.kvstore.Durability;
import dev.kvstore.KvStatus;
import dev.kvstore.engine.Change;
import dev.kvstore.sqlite.file.FileIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The state of a database in a file. Sizes are asked of the file system; no file is opened.
 *
 * @param engine null if the store is read-only
 */
record FileStatus(Path path, @Nullable FileEngine engine) implements KvStatus {

    /** Removes nothing: no entry expires at the beginning of time. */
    private static final Change<Integer> NO_CHANGE = new Change.Purge(Instant.ofEpochMilli(Long.MIN_VALUE), 1);

    @Override
    public int pendingWrites() {
        return engine == null ? 0 : engine.writer().pendingWrites();
    }

    @Override
    public Optional<Path> file() {
        return Optional.of(path);
    }

    @Override
    public OptionalLong size() {
        return size(path);
    }

    @Override
    public OptionalLong walSize() {
        try {
            return size(FileIdentity.walOf(path));
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    // A file that was removed has no size; neither has a WAL after the store was closed.
    private static OptionalLong size(Path file) {
        try {
            return OptionalLong.of(Files.size(file));
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public boolean isCheckpointFailing() {
        return engine != null && engine.writer().isCheckpointFailing();
    }

    @Override
    public OptionalLong checkpoint() {
        if (engine == null) {
            return OptionalLong.empty();
        }
        engine.writer().requestCheckpoint();
        engine.write(NO_CHANGE, Durability.NORMAL);
        return walSize();
    }
}
