package dev.kvstore.reliability.model;

import dev.kvstore.KvStore;
import dev.kvstore.MovedClock;
import dev.kvstore.reliability.model.ModelOperation.Kind;
import dev.kvstore.sqlite.SqliteKvStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.util.FileSystemUtils;

/** Runs operations on new stores and on the model, and compares the results. */
final class Trial implements AutoCloseable {

    /** The first difference between the stores and the model. */
    record Mismatch(int index, ModelOperation operation, ModelOutcome expected, ModelOutcome actual) {

        @Override
        public String toString() {
            return "%s%n  expected: %s%n  actual:   %s".formatted(operation, expected, actual);
        }
    }

    private final MovedClock clock = new MovedClock();
    private final Model model = new Model(clock);
    private final Variant variant;
    private final Path directory;
    private final SqliteKvStore[] opened;
    private final KvStore[] stores;
    private final boolean[] readOnly;

    private Trial(Variant variant) throws IOException {
        this.variant = variant;
        this.directory = Files.createTempDirectory("model");
        this.opened = new SqliteKvStore[variant.stores()];
        this.stores = new KvStore[variant.stores()];
        this.readOnly = new boolean[variant.stores()];
        IntStream.range(0, variant.stores()).forEach(store -> open(store, false));
    }

    static Optional<Mismatch> run(Variant variant, List<ModelOperation> operations) {
        try (Trial trial = new Trial(variant)) {
            return IntStream.range(0, operations.size())
                    .mapToObj(i -> trial.run(i, operations.get(i)))
                    .flatMap(Optional::stream)
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Mismatch> run(int index, ModelOperation operation) {
        int store = operation.store();
        if (operation.kind() == Kind.MOVE_CLOCK) {
            clock.move(operation.time());
            return Optional.empty();
        }
        if (operation.kind() == Kind.WRITE_FOREIGN) {
            writeForeign(operation);
            return Optional.empty();
        }
        if (!operation.kind().isCall()) {
            reopen(store, operation.kind() == Kind.REOPEN_READ_ONLY);
            return Optional.empty();
        }
        model.setReadOnly(readOnly[store]);
        ModelOutcome expected = operation.on(model);
        Optional<Mismatch> mismatch = compare(index, operation, expected);
        return mismatch.isEmpty() && expected.isRefused() ? compareGroup(index, operation) : mismatch;
    }

    private Optional<Mismatch> compare(int index, ModelOperation operation, ModelOutcome expected) {
        ModelOutcome actual = operation.on(stores[operation.store()]);
        return actual.meets(expected)
                ? Optional.empty()
                : Optional.of(new Mismatch(index, operation, expected, actual));
    }

    // A refused operation must not change anything.
    private Optional<Mismatch> compareGroup(int index, ModelOperation refused) {
        ModelOperation look = new ModelOperation(Kind.GET_ALL, refused.store(), refused.group(), null, null, null);
        return compare(index, look, look.on(model));
    }

    private void reopen(int store, boolean asReadOnly) {
        if (variant.isDurable()) {
            opened[store].close();
            open(store, asReadOnly);
        }
    }

    private void writeForeign(ModelOperation operation) {
        Long deadline = operation.time() == null
                ? null
                : clock.millis() + operation.time().toMillis();
        switch (variant.place()) {
            case MEMORY -> {
                return;
            }
            case FILE -> ForeignProgram.write(file(), operation, deadline);
            case EXCLUSIVE_FILE -> {
                opened[0].close();
                ForeignProgram.write(file(), operation, deadline);
                open(0, readOnly[0]);
            }
        }
        model.writeForeign(operation.group(), operation.key(), operation.value(), deadline);
    }

    private Path file() {
        return directory.resolve("kvstore.db");
    }

    private void open(int store, boolean asReadOnly) {
        opened[store] =
                variant.builder(file()).clock(clock).readOnly(asReadOnly).build();
        stores[store] = variant.wrapper().apply(opened[store]);
        readOnly[store] = asReadOnly;
    }

    @Override
    public void close() throws IOException {
        for (SqliteKvStore store : opened) {
            store.close();
        }
        FileSystemUtils.deleteRecursively(directory);
    }
}
