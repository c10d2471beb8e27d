package dev.kvstore.starter.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvstore.autoconfigure.KvStoreProperties;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The javadoc of each public type shows in a snippet how the type is used; the snippet compiles. */
class JavadocSnippetsTest {

    private static final Pattern MEMBER = Pattern.compile("^(@|(public |abstract |final )*(class|record|interface) )");

    @TempDir
    Path directory;

    static List<PublicType> types() throws Exception {
        return PublicType.published();
    }

    static List<PublicType> typesWithJava() throws Exception {
        return types().stream()
                .filter(type -> !type.name().equals("KvStoreProperties"))
                .toList();
    }

    @Test
    void theTypesOfAllModulesAreChecked() throws Exception {
        assertThat(types())
                .extracting(PublicType::name)
                .contains(
                        "KvStore",
                        "SqliteKvStore",
                        "SqliteKvStore.Builder",
                        "KvStoreProperties",
                        "KvStoreExtension",
                        "AutoConfigureKvStore",
                        "KvStoreContract")
                .doesNotContain("JdbcKvStore", "KvOpenException.Reason");
    }

    @ParameterizedTest
    @MethodSource("types")
    void eachTypeHasASnippetAndSaysSinceWhenItExists(PublicType type) {
        assertThat(type.snippet()).isPresent();
        assertThat(type.javadoc()).containsPattern("(?m)^ *@since \\d+\\.\\d+$");
    }

    @ParameterizedTest
    @MethodSource("typesWithJava")
    void eachSnippetOfJavaCompiles(PublicType type) throws Exception {
        compile(type.snippet().orElseThrow());
    }

    @Test
    void aSnippetThatDoesNotCompileIsFound() {
        assertThatThrownBy(() -> compile("kv.get(\"group\");"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("kv.get");
        assertThatThrownBy(() -> compile("@Test\nvoid anEntryIsKept(KvStore kv) { kv.get(\"group\"); }"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("kv.get");
    }

    private void compile(String snippet) throws Exception {
        String members =
                MEMBER.matcher(snippet.strip()).find() ? snippet : "void run() throws Exception { " + snippet + "\n}";
        Snippet.compile("Example", "abstract class Example { KvStore kv;\n" + members + "\n}", directory);
    }

    @Test
    void thePropertiesOfTheSnippetExist() throws Exception {
        PublicType type = types().stream()
                .filter(candidate -> candidate.name().equals("KvStoreProperties"))
                .findFirst()
                .orElseThrow();
        Properties properties = new Properties();
        properties.load(new StringReader(type.snippet().orElseThrow()));

        KvStoreProperties bound = new Binder(new MapConfigurationPropertySource(properties))
                .bind(
                        "kvstore",
                        Bindable.of(KvStoreProperties.class),
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
                .get();

        assertThat(bound.path()).isEqualTo(properties.getProperty("kvstore.path"));
    }
}
