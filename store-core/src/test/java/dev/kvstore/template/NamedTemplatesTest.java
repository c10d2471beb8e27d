package dev.kvstore.template;

import static dev.kvstore.template.Rendered.group;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvstore.KvLimitException;
import dev.kvstore.KvTemplateException;
import dev.kvstore.TemplateSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.AbstractResource;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.Resource;
import org.springframework.util.unit.DataSize;

class NamedTemplatesTest {

    @TempDir
    private Path directory;

    private Path templates;

    @BeforeEach
    void aSecretBesideTheTemplates() throws IOException {
        templates = Files.createDirectories(directory.resolve("templates"));
        Files.writeString(directory.resolve("secret.txt"), "s3cret");
        Files.createDirectory(templates.resolve("mail"));
        Files.writeString(templates.resolve("mail/welcome.txt"), "Welcome [(${name})]!");
    }

    private static ThymeleafRenderer onClassPath() {
        return new ThymeleafRenderer(TemplateSettings.DEFAULTS);
    }

    private ThymeleafRenderer onDisk(String suffix) {
        return new ThymeleafRenderer(new TemplateSettings(
                templates.toUri().toString(),
                suffix,
                false,
                DataSize.ofBytes(100),
                DataSize.ofBytes(100),
                Duration.ofSeconds(5)));
    }

    @Test
    void aNameIsTheResourceNameWithoutPrefixAndSuffix() {
        assertThat(onClassPath().renderNamed("greeting", group("name", "Ann"))).isEqualTo("Grüße, Ann!\n");
        assertThat(onClassPath().renderNamed("mail/welcome", group("name", "Ann")))
                .isEqualTo("Welcome Ann\n");
        assertThat(onDisk(".txt").renderNamed("mail/welcome", group("name", "Ann")))
                .isEqualTo("Welcome Ann!");
    }

    @ParameterizedTest
    @CsvSource({"nothing, nothing.txt", "mail, mail.txt", "mail/nothing, mail/nothing.txt"})
    void theErrorForAMissingTemplateNamesItAndItsLocation(String name, String file) {
        assertThatThrownBy(() -> onClassPath().renderNamed(name, Map.of()))
                .isInstanceOfSatisfying(
                        KvTemplateException.class, e -> assertThat(e.kind()).isEqualTo(KvTemplateException.Kind.RENDER))
                .hasMessage("Could not render the template '" + name + "': 'classpath:/kvstore/templates/" + file
                        + "' does not exist");
        assertThatThrownBy(() -> onDisk(".txt").renderNamed(name, Map.of()))
                .isInstanceOf(KvTemplateException.class)
                .hasMessageMatching(".* 'file:/.*' does not exist");
    }

    @Test
    void aDirectoryIsNotATemplate() {
        assertThatThrownBy(() -> onDisk("").renderNamed("mail", Map.of()))
                .hasMessageMatching(".* 'file:/.*' does not exist");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "..",
                "../secret",
                "mail/../../secret",
                "mail/..",
                "./welcome",
                "mail/./welcome",
                "/etc/passwd",
                "/greeting",
                "mail//welcome",
                "mail/",
                "..\\secret",
                "mail\\welcome",
                "file:/etc/passwd",
                "classpath:x",
                "C:x",
                "%2e%2e/secret",
                "..%2fsecret",
                "%2e%2e%2fsecret",
                "a%00",
                "a\u0000",
                "a\nb",
                "greeting?x",
                "greeting#x",
                "greeting;x",
                "a*",
                "~/x",
                "${x}",
                ".hidden",
                "mail/.hidden",
                "dot.",
                "dot./x",
                "a b",
                "\u202Egreeting",
                "．．/secret",
                "\u2024\u2024/secret",
                "http://x/y",
                "//x/y"
            })
    void aNameThatCouldLeaveThePrefixIsRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> onClassPath().renderNamed(name, Map.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> onDisk(".txt").renderNamed(name, Map.of()))
                .withMessageContaining("A name consists of up to 255 letters, digits, '_', '-' and '.'");
    }

    @Test
    void aVeryLongNameIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> onClassPath().renderNamed("a/".repeat(100_000) + "a", Map.of()))
                .withMessageMatching("(?s).{1,400}");
    }

    @Test
    void aNameHasAtMost255Characters() {
        String longest = "a/".repeat(127) + "a";
        assertThatThrownBy(() -> onDisk(".txt").renderNamed(longest, Map.of())).hasMessageEndingWith("does not exist");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> onDisk(".txt").renderNamed(longest + "a", Map.of()))
                .withMessageContaining("up to 255");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a-b_c.d", "Grüße", "a/b/c", "2024/10", "ключ"})
    void anOrdinaryNameIsAllowed(String name) {
        assertThatThrownBy(() -> onDisk(".txt").renderNamed(name, Map.of()))
                .isInstanceOf(KvTemplateException.class)
                .hasMessageEndingWith("does not exist");
    }

    @Test
    void aChangeOfTheResourceTakesEffectAtOnce() throws IOException {
        ThymeleafRenderer renderer = onDisk(".txt");
        Files.writeString(templates.resolve("t.txt"), "one");
        assertThat(renderer.renderNamed("t", Map.of())).isEqualTo("one");
        Files.writeString(templates.resolve("t.txt"), "two");
        assertThat(renderer.renderNamed("t", Map.of())).isEqualTo("two");
    }

    @Test
    void anErrorNamesTheTemplateAndThePosition() throws IOException {
        Files.writeString(templates.resolve("t.txt"), "one\n[(${a +)]");
        assertThatThrownBy(() -> onDisk(".txt").renderNamed("t", Map.of()))
                .hasMessage("Could not render the template 't' at line 2, column 3: an expression does not parse");
    }

    @Test
    void aTemplateThatIsNotUtf8IsAnError() throws IOException {
        Files.write(templates.resolve("t.txt"), new byte[] {'a', (byte) 0xE9, 'b'});
        assertThatThrownBy(() -> onDisk(".txt").renderNamed("t", Map.of()))
                .isInstanceOf(KvTemplateException.class)
                .hasMessageEndingWith("is not UTF-8");
    }

    @Test
    void aByteOrderMarkIsNotPartOfTheTemplate() throws IOException {
        Files.writeString(templates.resolve("t.txt"), "\uFEFFx");
        assertThat(onDisk(".txt").renderNamed("t", Map.of())).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\0"})
    void aTemplateCanBeAsLongAsTheLimit(String oneTooMany) throws IOException {
        Files.writeString(templates.resolve("t.txt"), "é".repeat(50));
        assertThat(onDisk(".txt").renderNamed("t", Map.of())).hasSize(50);
        Files.writeString(templates.resolve("t.txt"), "é".repeat(50) + oneTooMany);
        assertThatThrownBy(() -> onDisk(".txt").renderNamed("t", Map.of()))
                .isInstanceOf(KvLimitException.class)
                .hasMessage("The template 't' is longer than 100 bytes (template.maxLength). "
                        + "Shorten it, or raise the limit.");
    }

    @Test
    void readingStopsAtTheLimit() {
        Endless endless = new Endless();
        ThymeleafRenderer renderer = new ThymeleafRenderer(TemplateSettings.DEFAULTS, new DefaultResourceLoader() {
            @Override
            public Resource getResource(String location) {
                return endless;
            }
        });
        assertThatThrownBy(() -> renderer.renderNamed("t", Map.of())).isInstanceOf(KvLimitException.class);
        assertThat(endless.read).isEqualTo(256 * 1024 + 1);
        assertThat(endless.closed).isTrue();
    }

    private static final class Endless extends AbstractResource {

        private long read;
        private boolean closed;

        @Override
        public String getDescription() {
            return "endless";
        }

        @Override
        public InputStream getInputStream() {
            return new InputStream() {
                @Override
                public int read() {
                    read++;
                    return 'x';
                }

                @Override
                public int read(byte[] bytes, int offset, int length) {
                    Arrays.fill(bytes, offset, offset + length, (byte) 'x');
                    read += length;
                    return length;
                }

                @Override
                public void close() {
                    closed = true;
                }
            };
        }
    }
}
