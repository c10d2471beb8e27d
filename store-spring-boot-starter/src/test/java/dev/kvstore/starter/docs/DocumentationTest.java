package dev.kvstore.starter.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvStore;
import dev.kvstore.autoconfigure.KvStoreAutoConfiguration;
import dev.kvstore.sqlite.SqliteKvStore;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The snippets, settings and links of the README and the pages below docs/ are correct. */
class DocumentationTest {

    private static final Page README = Page.read("README.md");

    @TempDir
    Path directory;

    @Test
    void theComponentOfTheReadmeRunsInAnApplicationWithoutConfiguration() throws Exception {
        Class<?> sessions = Snippet.compile("Sessions", README.blocks("java").get(0), directory);

        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(KvStoreAutoConfiguration.class))
                .withPropertyValues("kvstore.path=:memory:")
                .withBean(sessions)
                .run(context -> {
                    Object component = context.getBean(sessions);
                    call(component, "open", "token", "ada");
                    assertThat(call(component, "user", "token")).isEqualTo(Optional.of("ada"));
                });
    }

    @Test
    void theCallsOfTheReadmeReturnTheDocumentedResults() throws Exception {
        String calls = README.blocks("java").get(1);
        assertThat(calls).contains("// Hello, world!");
        Class<?> compiled = Snippet.compile(
                "Calls",
                "public class Calls { public static List<Object> run(KvStore kv) {" + calls
                        + "return List.of(greeting, settings, text, deleted, remaining); } }",
                directory);

        try (SqliteKvStore kv = SqliteKvStore.inMemory()) {
            assertThat(compiled.getMethod("run", KvStore.class).invoke(null, kv))
                    .isEqualTo(List.of("Hello", Map.of("greeting", "Hello"), "Hello, world!", true, 0L));
        }
    }

    @Test
    void theTypedGroupOfTheReadmeReturnsTheDocumentedResults() throws Exception {
        Class<?> compiled = Snippet.compile(
                "Groups",
                "public class Groups { public static List<Object> run(KvStore kv) {"
                        + README.blocks("java").get(2) + "return List.of(count, mine, lease.isPresent()); } }",
                directory);

        try (SqliteKvStore kv = SqliteKvStore.inMemory()) {
            assertThat(compiled.getMethod("run", KvStore.class).invoke(null, kv))
                    .isEqualTo(List.of(1L, true, true));
        }
    }

    @Test
    void theReadmesCallThatOpensAStoreWithoutSpringBootCompiles() throws Exception {
        String expression = README.matches("`(SqliteKvStore\\.open\\(.*\\))`").get(0);

        Snippet.compile("Opening", "class Opening { static KvStore open() { return " + expression + "; } }", directory);
    }

    @Test
    void everyJavaSnippetIsRunByATest() {
        assertThat(README.blocks("java")).hasSize(3);
        for (String page : List.of(
                "docs/applications.md",
                "docs/comparison.md",
                "docs/operations.md",
                "docs/rendering.md",
                "docs/migrating-from-go-store.md")) {
            assertThat(Page.read(page).blocks("java")).as(page).isEmpty();
        }
    }

    @Test
    void theDependencyOfTheReadmeIsTheStarter() throws Exception {
        String pom = Files.readString(Path.of("pom.xml"));

        for (String line : README.blocks("xml").get(0).lines().toList()) {
            assertThat(pom).contains(line.strip().replace("</dependency>", "").replace("<dependency>", ""));
        }
    }

    @Test
    void theGradleHostIsBuiltAsTheReadmeSays() {
        String build = Page.read("hosts/gradle/build.gradle").text().replaceAll("(?m)^ +", "");

        for (String line : README.blocks("groovy").get(0).lines().toList()) {
            assertThat(build).contains(line.strip());
        }
    }

    @Test
    void theGradleDependencyHasTheCoordinatesOfTheMavenDependency() {
        String xml = README.blocks("xml").get(0);
        String coordinates = Stream.of("groupId", "artifactId", "version")
                .map(part ->
                        Pattern.compile("<" + part + ">(.*)</").matcher(xml).results())
                .map(found -> found.findFirst().orElseThrow().group(1))
                .collect(Collectors.joining(":"));
        Page page = Page.read("docs/applications.md");

        assertThat(page.blocks("kotlin").get(0)).contains("implementation(\"" + coordinates + "\")");
        assertThat(page.blocks("groovy").get(0)).contains("implementation '" + coordinates + "'");
    }

    @Test
    void theReadmeListsEverySettingWithItsDefault() throws Exception {
        Map<String, String> documented = new TreeMap<>();
        for (String row : README.matches("(?m)^\\| (`kvstore\\..*)$")) {
            String[] cells = row.split("\\|", -1);
            documented.put(unquoted(cells[0]), unquoted(cells[1]));
        }
        Map<String, String> actual = new TreeMap<>();
        for (Map<String, Object> property : properties()) {
            if (!property.containsKey("deprecation")) {
                actual.put((String) property.get("name"), String.valueOf(property.getOrDefault("defaultValue", "")));
            }
        }
        actual.put("kvstore.readers", "8");
        // Those of the actuator are on the page about it.
        actual.keySet().removeIf(name -> name.startsWith("management."));

        assertThat(documented).isEqualTo(actual);
    }

    @Test
    void theBackupCommandOfTheOperationsPageMakesAStore() throws Exception {
        String sql = Page.read("docs/operations.md")
                .matches("umask 077; sqlite3 -readonly data/kvstore.db \"(.*)\"")
                .get(0);
        Path file = directory.resolve("kvstore.db");
        Path backup = directory.resolve("backup.db");
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            kv.set("group", "key", "value");

            execute(file, sql.replace("backup.db", backup.toString()));
        }

        try (SqliteKvStore kv = SqliteKvStore.open(backup)) {
            assertThat(kv.get("group", "key")).contains("value");
        }
    }

    @Test
    void theScriptOfTheMigrationPageCopiesTheEntriesOfALaterGoStore() throws Exception {
        String copy = Page.read("docs/migrating-from-go-store.md").blocks("sql").get(0);
        Path target = directory.resolve("kvstore.db");
        Path old = directory.resolve("old.db");
        execute(
                old,
                "CREATE TABLE entries (group_name TEXT NOT NULL, entry_key TEXT NOT NULL, entry_value TEXT NOT NULL,"
                        + " expires_at INTEGER, PRIMARY KEY (group_name, entry_key));"
                        + "INSERT INTO entries VALUES ('group', 'key', 'value', NULL), ('group', 'dead', 'value', 1)");

        execute(old, copy.replace("'kvstore.db'", "'" + target + "'"));

        try (SqliteKvStore kv = SqliteKvStore.open(target)) {
            assertThat(kv.getAll("group")).isEqualTo(Map.of("key", "value"));
            assertThat(kv.purgeExpired()).isEqualTo(1);
        }
    }

    @Test
    void theScriptOfTheMigrationPageExportsTheEntriesToGoStore() throws Exception {
        String export =
                Page.read("docs/migrating-from-go-store.md").blocks("sql").get(1);
        Path file = directory.resolve("kvstore.db");
        Path target = directory.resolve("go-store.db");
        Path goStore = directory.resolve("original.db");
        Files.copy(Path.of("../store-core/src/test/resources/go-store/with-expiry.db"), goStore);
        Files.copy(goStore, file);
        String entriesOfGoStore =
                "SELECT hex(grp) || ' ' || hex(key) || ' ' || hex(value) || ' ' || ifnull(expires_at, 'never')"
                        + " FROM kv ORDER BY grp, key";
        List<String> before = query(file, entriesOfGoStore);
        SqliteKvStore.open(file).close();
        assertThat(query(file, "SELECT key FROM kv WHERE value IS NULL")).isNotEmpty();

        execute(file, export.replace("'go-store.db'", "'" + target + "'"));

        assertThat(query(target, entriesOfGoStore)).isNotEmpty().isEqualTo(before);
        assertThat(query(target, "SELECT name || type || \"notnull\" || pk FROM pragma_table_info('kv')"))
                .isEqualTo(query(goStore, "SELECT name || type || \"notnull\" || pk FROM pragma_table_info('kv')"));
    }

    @Test
    void everyLinkToAnotherPageHasATarget() {
        for (String page : List.of(
                "README.md",
                "CONTRIBUTING.md",
                "docs/applications.md",
                "docs/comparison.md",
                "docs/operations.md",
                "docs/rendering.md",
                "docs/migrating-from-go-store.md")) {
            for (String link : Page.read(page).matches("\\]\\(([^)#:]+\\.md)(?:#[^)]*)?\\)")) {
                assertThat(Path.of("..", page).resolveSibling(link)).as(page).exists();
            }
        }
    }

    private static Object call(Object target, String name, Object... arguments) throws Exception {
        Class<?>[] types = new Class<?>[arguments.length];
        Arrays.fill(types, String.class);
        Method method = target.getClass().getDeclaredMethod(name, types);
        method.setAccessible(true);
        return method.invoke(target, arguments);
    }

    private static void execute(Path file, String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static List<String> query(Path file, String sql) throws Exception {
        List<String> values = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    private static String unquoted(String cell) {
        return cell.replace("`", "").strip();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> properties() throws Exception {
        URL location = KvStoreAutoConfiguration.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation();
        try (URLClassLoader module = new URLClassLoader(new URL[] {location}, null);
                InputStream metadata = module.getResourceAsStream("META-INF/spring-configuration-metadata.json")) {
            String json = new String(metadata.readAllBytes(), StandardCharsets.UTF_8);
            return (List<Map<String, Object>>)
                    JsonParserFactory.getJsonParser().parseMap(json).get("properties");
        }
    }
}
