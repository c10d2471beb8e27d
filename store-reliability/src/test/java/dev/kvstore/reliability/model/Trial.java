package dev.kvstore.reliability.model;

import dev.kvstore.KvStore;
import dev.kvstore.MovedClock;
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
    private final VersionPairs versions = new VersionPairs();
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
        if (operation instanceof StoreCall call) {
            return run(index, call);
        }
        happen((ExternalEvent) operation);
        return Optional.empty();
    }

    private Optional<Mismatch> run(int index, StoreCall call) {
        model.entries().setReadOnly(readOnly[call.store()]);
        ModelOutcome expected = call.outcome(model, versions.inModel());
        Optional<Mismatch> mismatch = compare(index, call, expected);
        // A refused call must not change anything.
        return mismatch.isEmpty() && expected.isRefused() ? compare(index, call.look()) : mismatch;
    }

    private Optional<Mismatch> compare(int index, StoreCall call) {
        return compare(index, call, call.outcome(model, versions.inModel()));
    }

    private Optional<Mismatch> compare(int index, StoreCall call, ModelOutcome expected) {
        ModelOutcome actual = call.outcome(stores[call.store()], versions.inStore());
        return actual.meets(expected, versions)
                ? Optional.empty()
                : Optional.of(new Mismatch(index, call, expected, actual));
    }

    private void happen(ExternalEvent event) {
        switch (event.kind()) {
            case MOVE_CLOCK -> clock.move(event.time());
            case WRITE_FOREIGN -> writeForeign(event);
            case REOPEN -> reopen(event.store(), false);
            case REOPEN_READ_ONLY -> reopen(event.store(), true);
        }
    }

    private void reopen(int store, boolean asReadOnly) {
        if (variant.isDurable()) {
            opened[store].close();
            open(store, asReadOnly);
        }
    }

    private void writeForeign(ExternalEvent event) {
        Long deadline =
                event.time() == null ? null : clock.millis() + event.time().toMillis();
        switch (variant.place()) {
            case MEMORY -> {
                return;
            }
            case FILE -> ForeignProgram.write(file(), event, deadline);
            case EXCLUSIVE_FILE -> {
                opened[0].close();
                ForeignProgram.write(file(), event, deadline);
                open(0, readOnly[0]);
            }
        }
        model.entries().writeForeign(event.group(), event.key(), event.value(), deadline);
    }

    private Path file() {
        return directory.resolve("kvstore.db");
    }

    private void open(int store, boolean asReadOnly) {
        opened[store] =
                variant.builder(file()).clock(clock).readOnly(asReadOnly).build();
        stores[store] = variant.wrapper().apply(opened[store]);
        readOnly[store] = asReadOnly;
        versions.inStore().forgetLeases(store);
        versions.inModel().forgetLeases(store);
    }

    @Override
    public void close() throws IOException {
        for (SqliteKvStore store : opened) {
            store.close();
        }
        FileSystemUtils.deleteRecursively(directory);
    }
}
