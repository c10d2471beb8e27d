package com.example.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvStore;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;

/** The tests of a host get a test database and never its real one. */
class HostTestSlicesTest {

    private static final String REAL_DATABASE = "spring.datasource.url=jdbc:h2:mem:the-real-database";

    private static void assertReplaced(DataSource dataSource) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            assertThat(connection.getMetaData().getURL())
                    .startsWith("jdbc:h2:mem:")
                    .doesNotContain("the-real-database");
        }
    }

    @Nested
    @SpringBootTest(properties = {REAL_DATABASE, "kvstore.path=:memory:"})
    @AutoConfigureTestDatabase
    class WholeApplication {

        @Test
        void theDatabaseIsReplacedAndTheStoreIsPresent(
                @Autowired DataSource dataSource, @Autowired Customers customers, @Autowired KvStore store)
                throws SQLException {
            assertReplaced(dataSource);
            assertThat(customers.count()).isOne();
            assertThat(store.get("migrations", "V2")).contains("done");
        }
    }

    @Nested
    @DataJpaTest
    @TestPropertySource(properties = REAL_DATABASE)
    class JpaSlice {

        @Test
        void theDatabaseIsReplacedAndTheStoreIsAbsent(
                @Autowired DataSource dataSource,
                @Autowired Customers customers,
                @Autowired ObjectProvider<KvStore> store)
                throws SQLException {
            assertReplaced(dataSource);
            customers.save(new Customer("a customer"));
            assertThat(customers.count()).isOne();
            assertThat(store.getIfAvailable()).isNull();
        }
    }

    @Nested
    @JdbcTest
    @TestPropertySource(properties = REAL_DATABASE)
    class JdbcSlice {

        @Test
        void theDatabaseIsReplacedAndTheStoreIsAbsent(
                @Autowired DataSource dataSource,
                @Autowired JdbcTemplate jdbc,
                @Autowired ObjectProvider<KvStore> store)
                throws SQLException {
            assertReplaced(dataSource);
            assertThat(jdbc.queryForObject("SELECT count(*) FROM customer", Integer.class))
                    .isZero();
            assertThat(store.getIfAvailable()).isNull();
        }
    }
}
