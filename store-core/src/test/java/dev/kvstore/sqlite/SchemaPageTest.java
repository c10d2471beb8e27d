package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The architecture page shows the current schema. */
class SchemaPageTest {

    private static final Pattern SQL_BLOCK = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);

    private static final String STATEMENTS = "SELECT sql FROM sqlite_schema"
            + " WHERE sql IS NOT NULL AND tbl_name NOT LIKE 'kvstore\\_schema\\_history%' ESCAPE '\\'";

    @TempDir
    Path directory;

    @Test
    void theSchemaOfANewFileIsTheOneOnThePage() throws Exception {
        Path file = directory.resolve("kvstore.db");
        SqliteKvStore.open(file).close();
        List<String> statements;
        try (Foreign foreign = Foreign.open(file)) {
            statements = foreign.query(STATEMENTS);
        }

        assertThat(statements.stream().map(SchemaPageTest::normalized))
                .containsExactlyInAnyOrderElementsOf(statementsOnThePage(0).toList());
    }

    @Test
    void theTriggersThatLogChangesAreTheOnesOnThePage() throws Exception {
        Path file = directory.resolve("kvstore.db");
        List<String> statements;
        try (Feed feed = Feed.open(file);
                Foreign foreign = Foreign.open(file)) {
            feed.subscribe("passing", false);
            statements = foreign.query("SELECT sql FROM sqlite_schema WHERE name LIKE 'kv\\_change\\__%d' ESCAPE '\\'");
        }

        assertThat(statements.stream().map(SchemaPageTest::normalized))
                .containsExactlyInAnyOrderElementsOf(statementsOnThePage(1).toList());
    }

    private static Stream<String> statementsOnThePage(int number) throws Exception {
        Matcher block = SQL_BLOCK.matcher(Files.readString(Path.of("../docs/architecture.md")));
        for (int i = 0; i <= number; i++) {
            assertThat(block.find()).isTrue();
        }
        return Arrays.stream(block.group(1).split(";\\s*\n\n|;\\s*$", -1))
                .filter(statement -> !statement.isBlank())
                .map(SchemaPageTest::normalized);
    }

    // SQLite keeps a statement as it was written, except for the name of a renamed table and an added column.
    private static String normalized(String statement) {
        return statement
                .replace("\"", "")
                .replaceAll("\\s+", " ")
                .replaceAll(" ?([(),]) ?", "$1")
                .strip();
    }
}
