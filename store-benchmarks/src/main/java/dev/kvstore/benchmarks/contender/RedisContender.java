package dev.kvstore.benchmarks.contender;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Redis over the loopback interface, through Lettuce: one hash per group, and one connection for all threads, as
 * Lettuce recommends. Redis syncs its append-only file before each response ({@code appendfsync always}), or once a
 * second.
 */
final class RedisContender implements Contender {

    private final RedisServer server;
    private final RedisClient client;
    private final RedisCommands<String, String> commands;

    RedisContender(Path directory, Storage storage) {
        this.server = RedisServer.start(directory, storage);
        this.client = RedisClient.create(RedisURI.create("127.0.0.1", server.port()));
        this.commands = client.connect().sync();
    }

    @Override
    public @Nullable String get(String group, String key) {
        return commands.hget(group, key);
    }

    @Override
    public void set(String group, String key, String value) {
        commands.hset(group, key, value);
    }

    @Override
    public void delete(String group, String key) {
        commands.hdel(group, key);
    }

    @Override
    public Map<String, String> getAll(String group) {
        return new TreeMap<>(commands.hgetall(group));
    }

    @Override
    public long count(String group) {
        return commands.hlen(group);
    }

    @Override
    public void close() {
        client.shutdown();
        server.close();
    }
}
