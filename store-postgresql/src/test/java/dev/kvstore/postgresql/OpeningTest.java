package dev.kvstore.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.kvstore.KvOpenException;
import dev.kvstore.KvOpenException.Reason;
import dev.kvstore.secrets.Secrets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.TransientDataAccessResourceException;

/** What opening a store does to a database, and why it is refused. */
@NeedsPostgres
class OpeningTest {

    private static final String DATABASE = "opening";

    private final PostgresServer server = PostgresServer.shared();

    private PostgresKvStore.Builder store() {
        server.execute("postgres", "DROP DATABASE IF EXISTS " + DATABASE, "CREATE DATABASE " + DATABASE);
        return builder();
    }

    private PostgresKvStore.Builder builder() {
        return PostgresKvStore.builder()
                .url(server.url(DATABASE))
                .username(PostgresServer.ADMIN)
                .poolSize(2);
    }

    @AfterEach
    void dropUsers() {
        server.execute(
                "postgres",
                "DROP DATABASE IF EXISTS " + DATABASE,
                "DROP ROLE IF EXISTS ada",
                "DROP DATABASE IF EXISTS latin");
    }

    private static void assertRefused(PostgresKvStore.Builder store, Reason reason, String... parts) {
        assertThatExceptionOfType(KvOpenException.class)
                .isThrownBy(store::build)
                .satisfies(refused -> {
                    assertThat(refused.reason()).isEqualTo(reason);
                    assertThat(refused).hasMessageContainingAll(parts);
                    assertThat(Secrets.textOf(refused))
                            .doesNotContain(Secrets.VALUE)
                            .doesNotContain("ada");
                });
    }

    @Test
    void aServerThatDoesNotListenIsUnreachable() throws IOException {
        int port = freePort();
        assertRefused(
                builder().url("jdbc:postgresql://127.0.0.1:" + port + "/kv").password(Secrets.VALUE),
                Reason.UNREACHABLE,
                "127.0.0.1:" + port + "/kv",
                "Start the server");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void aWrongPasswordIsRefused() {
        PostgresKvStore.Builder store = store();
        server.execute("postgres", "CREATE ROLE ada LOGIN PASSWORD 'right'");

        assertRefused(
                store.username("ada").password(Secrets.VALUE),
                Reason.ACCESS_DENIED,
                "Check the username and the password");
    }

    @Test
    void aUserWhoMayNotCreateTheSchemaIsToldHowToGetIt() {
        PostgresKvStore.Builder store =
                store().password(Secrets.VALUE).username("ada").schema("state");
        server.execute("postgres", "CREATE ROLE ada LOGIN PASSWORD '" + Secrets.VALUE + "'");

        assertRefused(store, Reason.ACCESS_DENIED, "CREATE SCHEMA state AUTHORIZATION");

        server.execute(DATABASE, "CREATE SCHEMA state AUTHORIZATION ada");
        try (PostgresKvStore opened = store.build()) {
            opened.set("group", "key", "value");
            assertThat(opened.get("group", "key")).contains("value");
        }
    }

    @Test
    void anEncodingOtherThanUtf8IsRefused() {
        server.execute("postgres", "CREATE DATABASE latin ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0");

        assertRefused(builder().url(server.url("latin")), Reason.NOT_A_STORE, "SQL_ASCII", "ENCODING 'UTF8'");
    }

    @Test
    void aMissingDatabaseIsNamed() {
        assertRefused(builder().url(server.url("missing")), Reason.MISSING, "/missing", "no database of this name");
    }

    @Test
    void aSchemaOfANewerVersionIsRefused() {
        PostgresKvStore.Builder store = store();
        store.build().close();
        server.execute(
                DATABASE,
                "INSERT INTO kvstore.schema_history VALUES"
                        + " (99, '99', 'later', 'SQL', 'V99__later.sql', 1, 'admin', now(), 1, true)");

        assertRefused(store, Reason.NEWER, "'kvstore' has the version 99");
    }

    @Test
    void aSchemaIsOnlyMigratedIfThatIsAllowed() {
        assertRefused(store().migrate(false), Reason.OUTDATED, "migrate");
        assertRefused(store().readOnly(true), Reason.OUTDATED, "readOnly");

        builder().build().close();
        builder().migrate(false).build().close();
        try (PostgresKvStore readOnly = builder().readOnly(true).build()) {
            assertThat(readOnly.get("group", "key")).isEmpty();
            assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
                    .isThrownBy(() -> readOnly.set("group", "key", "value"))
                    .withMessageContaining("read-only");
        }
    }

    @Test
    void eightNodesMayOpenANewSchemaAtOnce() {
        PostgresKvStore.Builder first = store();
        ExecutorService nodes = Executors.newFixedThreadPool(8);
        try {
            List<CompletableFuture<PostgresKvStore>> stores = Stream.generate(
                            () -> CompletableFuture.supplyAsync(first::build, nodes))
                    .limit(8)
                    .toList();
            stores.forEach(store -> store.join().set("group", "key", "value"));
            stores.forEach(store -> store.join().close());
        } finally {
            nodes.shutdown();
        }
    }

    @Test
    void theLoginTimeoutOfTheWholeJvmStays() {
        int before = DriverManager.getLoginTimeout();
        try (PostgresKvStore opened = store().build()) {
            opened.set("group", "key", "value");
        }
        assertThat(DriverManager.getLoginTimeout()).isEqualTo(before);
    }

    @Test
    void aHostThatHangsIsPassedBy() throws IOException {
        store();
        // Accepts connections, as a stopped server does, and never answers.
        try (ServerSocket hung = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                PostgresKvStore opened = builder()
                        .url("jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/%s?socketTimeout=2&hostRecheckSeconds=0"
                                .formatted(hung.getLocalPort(), server.port(), DATABASE))
                        .busyTimeout(Duration.ofSeconds(1))
                        .build()) {
            // The pool goes on trying when a caller no longer waits.
            await().ignoreExceptionsInstanceOf(TransientDataAccessResourceException.class)
                    .until(() -> opened.get("group", "key").isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "jdbc:sqlite:kvstore.db",
                "jdbc:postgresql://host:port/kv?password=s3cret",
                "jdbc:postgresql:/kv?password=s3cret"
            })
    void aUrlThatTheDriverDoesNotUnderstandIsRefusedWithoutRepeatingIt(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PostgresKvStore.builder().url(url))
                .withMessageContaining("url must be a URL such as jdbc:postgresql://")
                .withMessageNotContaining(Secrets.VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Upper", "has blank", "quote\"", "1st", "pg_own", "semi;colon"})
    void aSchemaIsASimpleName(String schema) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PostgresKvStore.builder().schema(schema));
    }
}
