package dev.kvstore.benchmarks.contender;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.file.Path;

/** A Redis server over the loopback interface, for commands that other products do not have. */
public final class RedisCommandsOfServer implements AutoCloseable {

    private final RedisServer server;
    private final RedisClient client;
    private final RedisCommands<String, String> commands;

    private RedisCommandsOfServer(RedisServer server) {
        this.server = server;
        this.client = RedisClient.create(RedisURI.create("127.0.0.1", server.port()));
        this.commands = client.connect().sync();
    }

    public static RedisCommandsOfServer start(Path directory, Storage storage) {
        return new RedisCommandsOfServer(RedisServer.start(directory, storage));
    }

    public long increment(String key) {
        return commands.incr(key);
    }

    public boolean setIfAbsent(String key, String value) {
        return commands.set(key, value, SetArgs.Builder.nx()) != null;
    }

    @Override
    public void close() {
        client.shutdown();
        server.close();
    }
}
