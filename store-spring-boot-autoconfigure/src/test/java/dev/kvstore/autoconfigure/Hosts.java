package dev.kvstore.autoconfigure;

import dev.kvstore.KvStore;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Host applications and stores for the tests of this module. */
final class Hosts {

    private Hosts() {}

    static ApplicationContextRunner withStoreIn(Path file) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        ConfigurationPropertiesAutoConfiguration.class, KvStoreAutoConfiguration.class))
                .withPropertyValues("kvstore.path=" + file);
    }

    /** A store that supports only the purge. */
    static KvStore storeThatPurges(LongSupplier purge) {
        return (KvStore) Proxy.newProxyInstance(
                Hosts.class.getClassLoader(),
                new Class<?>[] {KvStore.class},
                (proxy, method, arguments) -> method.getName().equals("purgeExpired")
                        ? (Object) purge.getAsLong()
                        : method.invoke(purge, arguments));
    }

    /** The number of rows, expired or not. */
    static int rows(Path file) {
        try (Connection connection = connect(file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM kv")) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static Connection connect(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    static Set<Thread> purgeThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("kvstore-purge-"))
                .collect(Collectors.toSet());
    }
}
