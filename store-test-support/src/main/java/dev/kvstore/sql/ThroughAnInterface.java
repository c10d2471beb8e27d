package dev.kvstore.sql;

import org.springframework.jdbc.core.JdbcOperations;

/** Each of these classes is harmless by itself: one passes text to the other through an interface. */
final class ThroughAnInterface {

    private ThroughAnInterface() {}

    interface Runner {
        void run(String sql);
    }

    record Running(JdbcOperations jdbc) implements Runner {
        @Override
        public void run(String sql) {
            jdbc.execute(sql);
        }
    }

    static final class Caller {
        static void run(Runner runner, String table) {
            runner.run("DELETE FROM " + table);
        }
    }
}
