package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A SQLite with the WAL-reset bug is refused. */
class SqliteVersionTest {

    @Test
    void aSqliteWithTheWalResetBugIsTooOld() {
        assertThat(List.of("3.51.3", "3.51.10", "3.52.0", "3.53.4", "4.0")).allMatch(SqliteVersion::isRecent);
        assertThat(List.of("3.51.2", "3.50.3", "3.9.0", "3", "2.8.17")).noneMatch(SqliteVersion::isRecent);
    }
}
