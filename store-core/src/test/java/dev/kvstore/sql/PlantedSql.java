package dev.kvstore.sql;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCreator;
import org.springframework.jdbc.core.PreparedStatementCreatorFactory;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.SimpleJdbcInsert;
import org.springframework.jdbc.object.MappingSqlQuery;
import org.springframework.jdbc.object.SqlUpdate;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteConnection;

/** Each of these classes uses SQL that is not constant. */
final class PlantedSql {

    private PlantedSql() {}

    /** Every API that accepts SQL. */
    static final class Calls {

        private Calls() {}

        static final class OfStatement {
            static void run(Statement statement, String table) throws SQLException {
                statement.execute("DELETE FROM " + table);
            }
        }

        static final class OfStatementInABatch {
            static void run(Statement statement, String table) throws SQLException {
                statement.addBatch("DELETE FROM " + table);
            }
        }

        static final class OfPreparedStatement {
            static ResultSet run(PreparedStatement statement, String table) throws SQLException {
                return statement.executeQuery("SELECT * FROM " + table);
            }
        }

        static final class OfConnection {
            static PreparedStatement run(Connection connection, String table) throws SQLException {
                return connection.prepareStatement("DELETE FROM " + table);
            }
        }

        static final class OfConnectionForACall {
            static CallableStatement run(Connection connection, String name) throws SQLException {
                return connection.prepareCall("{call " + name + "}");
            }
        }

        static final class OfSQLiteConnection {
            static PreparedStatement run(SQLiteConnection connection, String table) throws SQLException {
                return connection.prepareStatement("DELETE FROM " + table, ResultSet.TYPE_FORWARD_ONLY);
            }
        }

        static final class OfSQLiteConfig {
            static void run(SQLiteConfig config, int pages) {
                config.setPragma(Pragma.CACHE_SIZE, "-" + pages);
            }
        }

        static final class OfJdbcOperations {
            static void run(JdbcOperations jdbc, String table) {
                jdbc.update("DELETE FROM " + table, "group");
            }
        }

        static final class OfJdbcOperationsInABatch {
            static void run(JdbcOperations jdbc, String table) {
                jdbc.batchUpdate("DELETE FROM kv", "DELETE FROM " + table);
            }
        }

        static final class OfJdbcTemplate {
            static void run(JdbcTemplate jdbc, String table) {
                jdbc.execute("DELETE FROM " + table);
            }
        }

        static final class OfNamedParameterJdbcOperations {
            static void run(NamedParameterJdbcOperations jdbc, String table) {
                jdbc.update("DELETE FROM " + table, Map.of());
            }
        }

        static final class OfNamedParameterJdbcTemplate {
            static List<Map<String, Object>> run(NamedParameterJdbcTemplate jdbc, String table) {
                return jdbc.queryForList("SELECT * FROM " + table, Map.of());
            }
        }

        static final class OfJdbcClient {
            static void run(JdbcClient jdbc, String table) {
                jdbc.sql("DELETE FROM " + table).update();
            }
        }

        static final class OfSimpleJdbcInsert {
            static SimpleJdbcInsert run(JdbcTemplate jdbc, String table) {
                return new SimpleJdbcInsert(jdbc).withTableName("kv_" + table);
            }
        }

        static final class OfAPreparedStatementCreator {
            static void run(JdbcOperations jdbc, String table) {
                jdbc.update(connection -> connection.prepareStatement("DELETE FROM " + table));
            }
        }

        static final class OfAPreparedStatementCreatorFactory {
            static PreparedStatementCreator run(String table) {
                return new PreparedStatementCreatorFactory("DELETE FROM " + table)
                        .newPreparedStatementCreator(List.of());
            }
        }

        static final class OfASqlUpdate {
            static void run(DataSource dataSource, String table) {
                new SqlUpdate(dataSource, "DELETE FROM " + table).update();
            }
        }

        static final class OfItsOwnQuery extends MappingSqlQuery<String> {
            OfItsOwnQuery(DataSource dataSource, String table) {
                super(dataSource, "SELECT value FROM " + table);
            }

            @Override
            protected String mapRow(ResultSet row, int number) throws SQLException {
                return row.getString(1);
            }
        }

        static final class OfItsOwnTemplate extends JdbcTemplate {
            void run(String table) {
                execute("DELETE FROM " + table);
            }
        }

        static final class OfFlyway {
            static void run(String table) {
                Flyway.configure().initSql("DELETE FROM " + table).load().migrate();
            }
        }

        static final class OfAReference {
            static Function<String, Integer> update(JdbcOperations jdbc) {
                return jdbc::update;
            }
        }
    }

    /** The ways in which text can become SQL. */
    static final class Ways {

        private Ways() {}

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

        static final class PassedOn {
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

        static final class AnElementAssignedLater {
            private static final String[] ALL = {"DELETE FROM kv", "VACUUM"};

            static void run(JdbcOperations jdbc, String table) {
                ALL[1] = "DROP TABLE " + table;
                for (String sql : ALL) {
                    jdbc.execute(sql);
                }
            }
        }

        static final class AnElementOfANonPrivateArray {
            static final String[] ALL = {"DELETE FROM kv", "VACUUM"};

            static void run(JdbcOperations jdbc) {
                jdbc.execute(ALL[1]);
            }
        }

        static final class AnArrayFilledByAnotherMethod {
            static void run(JdbcOperations jdbc, List<String> tables) {
                String[] all = new String[1];
                tables.toArray(all);
                jdbc.batchUpdate(all);
            }
        }

        public static final class FromAnyCaller {
            public static void run(JdbcOperations jdbc, String sql) {
                jdbc.update(sql);
            }
        }

        static final class FromCallersOfItsInterface implements Function<String, Integer> {
            private final JdbcOperations jdbc;

            FromCallersOfItsInterface(JdbcOperations jdbc) {
                this.jdbc = jdbc;
            }

            @Override
            public Integer apply(String sql) {
                return jdbc.update(sql);
            }
        }
    }
}
