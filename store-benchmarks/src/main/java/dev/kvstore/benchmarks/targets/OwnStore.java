package dev.kvstore.benchmarks.targets;

import dev.kvstore.Durability;
import dev.kvstore.benchmarks.BenchmarkValues;
import dev.kvstore.benchmarks.Workspace;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A store of ours on a file, for operations that other products do not have. */
record OwnStore(SqliteKvStore kv, Workspace workspace) implements AutoCloseable {

    private static final int CHUNK = 10_000;

    static OwnStore open(Durability durability) {
        Workspace workspace = Workspace.create();
        return new OwnStore(
                SqliteKvStore.builder()
                        .file(file(workspace))
                        .durability(durability)
                        .build(),
                workspace);
    }

    Path file() {
        return file(workspace);
    }

    private static Path file(Workspace workspace) {
        return workspace.directory().resolve("kvstore.db");
    }

    /** Fills a group with entries of 100 bytes. */
    void fill(String group, int entries) {
        String[] texts = BenchmarkValues.of(0, 1009, 100);
        Map<String, String> chunk = new LinkedHashMap<>();
        for (int i = 0; i < entries; i++) {
            chunk.put(key(i), texts[i % texts.length]);
            if (chunk.size() == CHUNK || i == entries - 1) {
                kv.group(group).durability(Durability.NORMAL).setAll(chunk);
                chunk.clear();
            }
        }
    }

    static String key(int number) {
        return "user-%08d".formatted(number);
    }

    @Override
    public void close() {
        kv.close();
        workspace.close();
    }
}
