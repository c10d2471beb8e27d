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

/** The page of the architecture shows the schema of today. */
class SchemaPageTest {

    private static final Pattern SQL_BLOCK = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);

    private static final String STATEMENTS = "SELECT sql FROM sqlite_schema"
            + " WHERE sql IS NOT NULL AND tbl_name NOT LIKE 'kvstore\\_schema\\_history%' ESCAPE '\\'";

    @TempDir
    Path directory;

    @Test
    void theSchemaOfANewFileIsThatOfThePage() throws Exception {
        Path file = directory.resolve("kvstore.db");
        SqliteKvStore.open(file).close();
        List<String> statements;
        try (Foreign foreign = Foreign.open(file)) {
            statements = foreign.query(STATEMENTS);
        }

        assertThat(statements.stream().map(SchemaPageTest::inOneForm))
                .containsExactlyInAnyOrderElementsOf(statementsOfThePage().toList());
    }

    private static Stream<String> statementsOfThePage() throws Exception {
        Matcher block = SQL_BLOCK.matcher(Files.readString(Path.of("../docs/architecture.md")));
        assertThat(block.find()).isTrue();
        return Arrays.stream(block.group(1).split(";\\s*\n\n|;\\s*$", -1))
                .filter(statement -> !statement.isBlank())
                .map(SchemaPageTest::inOneForm);
    }

    // SQLite keeps a statement as it was written, but for the name of a table that was renamed.
    private static String inOneForm(String statement) {
        return statement.replace("\"", "").replaceAll("\\s+", " ").strip();
    }
}
