package dev.kvstore.benchmarks.targets;

import dev.kvstore.benchmarks.BenchmarkValues;
import dev.kvstore.benchmarks.Workspace;
import dev.kvstore.benchmarks.contender.Contender;
import dev.kvstore.benchmarks.contender.Product;
import dev.kvstore.benchmarks.contender.Storage;
import dev.kvstore.benchmarks.contender.Target;

/** A contender that was filled before the measurement. */
record Store(Contender contender, Workspace workspace) implements AutoCloseable {

    private static final int BYTES = 100;

    static Store inMemory(Product product, Keys keys) {
        return filledOneByOne(new Target(product, Storage.MEMORY), keys);
    }

    static Store filledOneByOne(Target target, Keys keys) {
        Workspace workspace = Workspace.create();
        Contender contender = target.open(workspace.directory());
        String[] texts = BenchmarkValues.of(0, 1009, BYTES);
        for (int i = 0; i < keys.rows(); i++) {
            int row = (int) ((long) i * BulkFill.STEP % keys.rows());
            contender.set(keys.group(row), keys.key(row), texts[i % texts.length]);
        }
        return new Store(contender, workspace);
    }

    static Store onFile(Product product, Storage storage, Keys keys) {
        return onFile(product, storage, keys, BYTES);
    }

    static Store onFile(Product product, Storage storage, Keys keys, int bytes) {
        Workspace workspace = Workspace.create();
        Target target = new Target(product, storage);
        new BulkFill(keys, bytes, 0).fill(target, workspace.directory());
        return new Store(target.open(workspace.directory()), workspace);
    }

    @Override
    public void close() {
        contender.close();
        workspace.close();
    }
}
