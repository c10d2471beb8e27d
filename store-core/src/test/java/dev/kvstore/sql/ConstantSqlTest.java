package dev.kvstore.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvStore;
import dev.kvstore.jdbc.KvSql;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.springframework.jdbc.core.JdbcOperations;

/** SQL is constants and {@code ?}: no text of a user can become a part of a statement. */
class ConstantSqlTest {

    /** They are JDBC connections themselves, and hand on what {@code JdbcTemplate} gives them. */
    private static final Set<String> FORWARDERS = Set.of("StatementCache", "StatementCache$KeptStatement");

    @Test
    void theStoreMakesSqlOfConstantsOnly() throws Exception {
        List<ClassNode> store = mainClasses();

        assertThat(store).extracting(type -> type.name).contains("dev/kvstore/sqlite/SqliteSql");
        assertThat(SqlOrigins.otherThanConstants(store, FORWARDERS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Concatenated.class,
                Formatted.class,
                Built.class,
                InAMutableField.class,
                SometimesAParameter.class,
                HandedOn.class,
                CapturedByALambda.class,
                AFunction.class,
                AStatementOfTheStore.class,
                AnElementThatIsPutInLater.class,
                AnElementOfAnArrayOfOthers.class,
                FromAnybody.class
            })
    void sqlThatIsMadeOfOtherTextIsFound(Class<?> planted) {
        assertThat(SqlOrigins.otherThanConstants(List.of(read(planted)), FORWARDERS))
                .isNotEmpty()
                .allMatch(finding -> finding.startsWith(planted.getName().replace('.', '/')));
    }

    @Test
    void constantsAreNotFoundWhateverTheirWay() {
        assertThat(SqlOrigins.otherThanConstants(List.of(read(Constants.class)), FORWARDERS))
                .isEmpty();
    }

    private static List<ClassNode> mainClasses() throws Exception {
        URI classes = KvStore.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        try (Stream<Path> files = Files.walk(Path.of(classes))) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .map(file -> {
                        try {
                            return read(Files.readAllBytes(file));
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .toList();
        }
    }

    private static ClassNode read(Class<?> type) {
        String name = type.getName().substring(type.getPackageName().length() + 1) + ".class";
        try (InputStream stream = type.getResourceAsStream(name)) {
            assertThat(stream).isNotNull();
            return read(stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ClassNode read(byte[] bytes) {
        ClassNode type = new ClassNode();
        new ClassReader(bytes).accept(type, ClassReader.SKIP_DEBUG);
        return type;
    }

    static final class Concatenated {
        static void run(Statement statement, String table) throws SQLException {
            statement.execute("DELETE FROM " + table);
        }
    }

    static final class Formatted {
        static void run(JdbcOperations jdbc, String table) {
            String sql = "DELETE FROM %s".formatted(table);
            jdbc.update(sql, "group");
        }
    }

    static final class Built {
        static void run(Connection connection, List<String> names) throws SQLException {
            StringBuilder sql = new StringBuilder("DELETE FROM kv WHERE key IN (");
            names.forEach(sql::append);
            connection.prepareStatement(sql.append(')').toString()).close();
        }
    }

    static final class InAMutableField {
        String sql = "DELETE FROM kv";

        void run(JdbcOperations jdbc) {
            jdbc.update(sql);
        }
    }

    static final class SometimesAParameter {
        static void run(JdbcOperations jdbc, boolean all, String key) {
            String sql = all ? "DELETE FROM kv" : key.trim();
            jdbc.update(sql);
        }
    }

    static final class HandedOn {
        static void run(JdbcOperations jdbc, String table) {
            execute(jdbc, 1, "DELETE FROM " + table);
        }

        private static void execute(JdbcOperations jdbc, long times, String sql) {
            for (long i = 0; i < times; i++) {
                jdbc.execute(sql);
            }
        }
    }

    static final class CapturedByALambda {
        Function<JdbcOperations, Integer> delete(String table) {
            String sql = "DELETE FROM " + table;
            return jdbc -> jdbc.update(sql, hashCode());
        }
    }

    static final class AFunction {
        static Function<String, Integer> update(JdbcOperations jdbc) {
            return jdbc::update;
        }
    }

    static final class AStatementOfTheStore {
        static KvSql statements(String table) {
            return new KvSql(
                    "1", "1", "2", "3", 4, "5", "6", (jdbc, group, now) -> Map.of(), "DELETE FROM " + table, "9");
        }
    }

    static final class AnElementThatIsPutInLater {
        private static final String[] ALL = {"DELETE FROM kv", "VACUUM"};

        static void run(JdbcOperations jdbc, String table) {
            ALL[1] = "DROP TABLE " + table;
            for (String sql : ALL) {
                jdbc.execute(sql);
            }
        }
    }

    static final class AnElementOfAnArrayOfOthers {
        static final String[] ALL = {"DELETE FROM kv", "VACUUM"};

        static void run(JdbcOperations jdbc) {
            jdbc.execute(ALL[1]);
        }
    }

    public static final class FromAnybody {
        public static void run(JdbcOperations jdbc, String sql) {
            jdbc.update(sql);
        }
    }

    static final class Constants {
        private static final String TABLE = "kv";
        private static final String DELETE = "DELETE FROM " + TABLE + " WHERE key = ?";
        private static final String[] ALL = {"DELETE FROM kv", "VACUUM"};

        void run(JdbcOperations jdbc, Statement statement, KvSql sql, String key, boolean all) throws SQLException {
            jdbc.update(DELETE, key);
            jdbc.update(sql.delete(), key);
            for (String sqlOfAll : ALL) {
                jdbc.execute(sqlOfAll);
            }
            String chosen = all ? "DELETE FROM kv" : DELETE;
            Runnable later = () -> execute(jdbc, chosen);
            later.run();
            statement.execute("COMMIT");
        }

        private static void execute(JdbcOperations jdbc, String sql) {
            jdbc.execute(sql);
        }
    }
}
