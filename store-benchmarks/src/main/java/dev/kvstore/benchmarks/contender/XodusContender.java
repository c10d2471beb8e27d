package dev.kvstore.benchmarks.contender;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import jetbrains.exodus.ByteIterable;
import jetbrains.exodus.bindings.StringBinding;
import jetbrains.exodus.env.Cursor;
import jetbrains.exodus.env.Environment;
import jetbrains.exodus.env.EnvironmentConfig;
import jetbrains.exodus.env.Environments;
import jetbrains.exodus.env.Store;
import jetbrains.exodus.env.StoreConfig;
import jetbrains.exodus.env.Transaction;
import org.jspecify.annotations.Nullable;

/** JetBrains Xodus. Its transactions are durable with {@code setLogDurableWrite(true)}. */
final class XodusContender implements Contender {

    private final Environment environment;
    private final Store entries;

    XodusContender(Path directory, Storage storage) {
        EnvironmentConfig config = new EnvironmentConfig().setLogDurableWrite(storage == Storage.FULL);
        this.environment = Environments.newInstance(directory.toFile(), config);
        this.entries = environment.computeInTransaction(this::open);
    }

    private Store open(Transaction transaction) {
        return environment.openStore("kv", StoreConfig.WITHOUT_DUPLICATES_WITH_PREFIXING, transaction);
    }

    @Override
    public @Nullable String get(String group, String key) {
        ByteIterable value =
                environment.computeInReadonlyTransaction(transaction -> entries.get(transaction, bytes(group, key)));
        return value == null ? null : StringBinding.entryToString(value);
    }

    @Override
    public void set(String group, String key, String value) {
        environment.executeInExclusiveTransaction(
                transaction -> entries.put(transaction, bytes(group, key), StringBinding.stringToEntry(value)));
    }

    @Override
    public void delete(String group, String key) {
        environment.executeInExclusiveTransaction(transaction -> entries.delete(transaction, bytes(group, key)));
    }

    @Override
    public Map<String, String> getAll(String group) {
        Map<String, String> all = new LinkedHashMap<>();
        scan(group, (key, value) -> all.put(key, StringBinding.entryToString(value)));
        return all;
    }

    @Override
    public long count(String group) {
        long[] count = {0};
        scan(group, (key, value) -> count[0]++);
        return count[0];
    }

    private void scan(String group, BiConsumer<String, ByteIterable> visitor) {
        String prefix = CompositeKey.first(group);
        environment.executeInReadonlyTransaction(transaction -> {
            try (Cursor row = entries.openCursor(transaction)) {
                boolean found = row.getSearchKeyRange(StringBinding.stringToEntry(prefix)) != null;
                while (found) {
                    String key = StringBinding.entryToString(row.getKey());
                    if (!key.startsWith(prefix)) {
                        return;
                    }
                    visitor.accept(CompositeKey.key(group, key), row.getValue());
                    found = row.getNext();
                }
            }
        });
    }

    private static ByteIterable bytes(String group, String key) {
        return StringBinding.stringToEntry(CompositeKey.of(group, key));
    }

    @Override
    public void close() {
        environment.close();
    }
}
