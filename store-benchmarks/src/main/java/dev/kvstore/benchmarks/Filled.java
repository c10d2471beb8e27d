package dev.kvstore.benchmarks;

import dev.kvstore.benchmarks.contender.Contender;
import dev.kvstore.benchmarks.contender.Storage;
import dev.kvstore.benchmarks.contender.Target;
import java.util.function.Consumer;

/** A store that was filled before the measurement. */
record Filled(Contender contender, Workspace workspace) implements AutoCloseable {

    /**
     * Opens a store and fills it. A store that waits for the disk is filled without waiting, closed and opened again,
     * which also proves that it keeps its entries.
     */
    static Filled open(Target target, Consumer<Contender> filling) {
        Workspace workspace = Workspace.create();
        if (target.storage() == Storage.MEMORY) {
            Contender contender = target.open(workspace.directory());
            filling.accept(contender);
            return new Filled(contender, workspace);
        }
        try (Contender contender = target.filling().open(workspace.directory())) {
            filling.accept(contender);
        }
        return new Filled(target.open(workspace.directory()), workspace);
    }

    @Override
    public void close() {
        contender.close();
        workspace.close();
    }
}
