package dev.kvstore.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.Expiry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvLease;
import dev.kvstore.KvRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The roles and grants of the page on PostgreSQL are enough, and those for the application are not too many. */
@NeedsPostgres
class DocumentedRolesTest {

    private static final Path PAGE = Path.of("../docs/postgresql.md");

    private static final String DATABASE = "roles";

    private final PostgresServer server = PostgresServer.shared();

    @BeforeEach
    void createDatabase() {
        dropDatabase();
        server.execute("postgres", "CREATE DATABASE " + DATABASE);
    }

    @AfterEach
    void dropDatabase() {
        server.execute("postgres", "DROP DATABASE IF EXISTS " + DATABASE, "DROP ROLE IF EXISTS example");
    }

    /** The statements of each SQL block of the page's section on security. */
    private static List<String[]> blocks() throws IOException {
        String page = Files.readString(PAGE);
        String security = page.substring(page.indexOf("## Security"), page.indexOf("## Poolers"));
        return Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL)
                .matcher(security)
                .results()
                .map(block -> block.group(1).strip().split(";\\s*"))
                .toList();
    }

    private PostgresKvStore.Builder store(String username) {
        return PostgresKvStore.builder()
                .url(server.url(DATABASE))
                .username(username)
                .password("...")
                .poolSize(2);
    }

    private static void useEverything(PostgresKvStore kv) {
        KvGroup<String> group = kv.group("group");
        group.setAll(Map.of("a", "1", "b", "2"));
        kv.set("group", "c", "3", Duration.ofMinutes(1));
        group.update("a", Expiry.keep(), before -> before);
        kv.group("group", Long.class).increment("b", 1);
        assertThat(group.getAll()).containsEntry("a", "1").containsEntry("b", "3");
        assertThat(kv.batch().set(group, "d", "4").delete(group, "d").commit()).isTrue();
        assertThat(kv.groups("")).containsExactly("group");
        kv.leases().tryAcquire("lease", Duration.ofMinutes(1)).ifPresent(KvLease::close);
        assertThat(group.deleteAll(KvRange.prefix("a"))).isEqualTo(1);
        assertThat(kv.purgeExpired()).isZero();
        assertThat(group.clear()).isEqualTo(2);
    }

    @Test
    void anOwnerOfTheSchemaNeedsNoOtherRight() throws IOException {
        server.execute(DATABASE, blocks().get(0));

        try (PostgresKvStore kv = store("example").build()) {
            useEverything(kv);
        }
    }

    @Test
    void anApplicationThatDoesNotMigrateNeedsTheGrants() throws IOException {
        store(PostgresServer.ADMIN).build().close();
        server.execute("postgres", blocks().get(0)[0]);
        server.execute(DATABASE, blocks().get(1));

        try (PostgresKvStore kv = store("example").migrate(false).build()) {
            useEverything(kv);
        }
    }

    @Test
    void eachGrantIsNeeded() throws IOException {
        store(PostgresServer.ADMIN).build().close();
        server.execute("postgres", blocks().get(0)[0]);
        String[] grants = blocks().get(1);

        for (int missing = 0; missing < grants.length; missing++) {
            server.execute(DATABASE, grants);
            String left = grants[missing];
            server.execute(DATABASE, left.replace("GRANT ", "REVOKE ").replace(" TO ", " FROM "));

            assertThatExceptionOfType(RuntimeException.class)
                    .as("without %s", left)
                    .isThrownBy(() -> {
                        try (PostgresKvStore kv =
                                store("example").migrate(false).build()) {
                            useEverything(kv);
                        }
                    });
        }
        assertThat(Arrays.asList(grants)).hasSize(4);
    }
}
