package dev.kvstore.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.TemplateSettings;
import dev.kvstore.sqlite.SqliteKvStore;
import dev.kvstore.template.ThymeleafRenderer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/**
 * Every hostile template, name and value of the corpus has the result that its file states, and triggers no canary.
 */
@Timeout(120)
class HostileRenderingTest {

    private static final String[] TEMPLATES = {"code", "markup", "growth"};
    private static final int MAX_OUTPUT = 64 * 1024;

    /** All constructs with which a template uses a value; each prints it unchanged. */
    private static final List<String> USES = List.of(
            "[(${x})]",
            "[# th:utext=\"${x}\"/]",
            "[('' + ${x})]",
            "[(${x} + '')]",
            "[(|${x}|)]",
            "[(${nobody} ?: ${x})]",
            "[(true ? ${x} : 'y')]",
            "[(${#all['x']})]",
            "[# th:each=\"e : ${#all}\"][(${e.value})][/]",
            "[# th:each=\"e, s : ${#all}\"][(${s.current.value})][/]",
            "[# th:if=\"${x} == ${x}\"][(${x})][/]",
            "[# th:unless=\"${x} != ${x}\"][(${x})][/]",
            "[# th:switch=\"${x}\"][# th:case=\"${x}\"][(${x})][/][/]");

    @TempDir
    private static Path directory;

    private static ThymeleafRenderer renderer;
    private static Map<String, String> group;

    @BeforeAll
    static void loadTheClassesOfTheRenderer() throws IOException {
        Path templates = Files.createDirectories(directory.resolve("templates"));
        renderer = new ThymeleafRenderer(new TemplateSettings(
                templates.toUri().toString(),
                ".txt",
                false,
                DataSize.ofKilobytes(256),
                DataSize.ofBytes(MAX_OUTPUT),
                Duration.ofSeconds(1)));
        group = HostileCase.entries(directory);
        for (HostileCase benign : HostileCase.of(directory, "benign", "growth")) {
            RenderingOutcome.of(renderer::render, benign.text(), group);
        }
    }

    @Test
    void aTemplateIsRefusedOrInert() throws IOException {
        List<HostileCase> corpus = HostileCase.of(directory, TEMPLATES);
        assertThat(corpus).hasSizeGreaterThan(200);
        long refused = 0;
        try (Canaries canaries = Canaries.in(directory)) {
            for (HostileCase hostile : corpus) {
                RenderingOutcome outcome = RenderingOutcome.of(renderer::render, hostile.text(), group);
                assertThat(outcome).as(hostile.name()).hasToString(hostile.outcome());
                assertThat(outcome.output().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(MAX_OUTPUT);
                refused += outcome.refused() ? 1 : 0;
            }
            assertNoCanaryTriggered(canaries);
        }
        Findings.record(
                "rendering-corpus",
                corpus.size() + " hostile templates: " + refused + " refused, " + (corpus.size() - refused)
                        + " inert; no file read, no class reached, no connection made, no value evaluated");
    }

    @Test
    void benignTemplatesRender() {
        SoftAssertions all = new SoftAssertions();
        for (HostileCase benign : HostileCase.of(directory, "benign")) {
            all.assertThat(RenderingOutcome.of(renderer::render, benign.text(), group))
                    .as(benign.name())
                    .hasToString(benign.outcome());
        }
        all.assertAll();
    }

    @Test
    void aNameIsRefusedWithoutALookup() throws IOException {
        List<HostileCase> names = HostileCase.of(directory, "names");
        try (Canaries canaries = Canaries.in(directory)) {
            for (HostileCase hostile : names) {
                for (ThymeleafRenderer any : List.of(renderer, new ThymeleafRenderer(TemplateSettings.DEFAULTS))) {
                    String outcome = RenderingOutcome.of(() -> any.renderNamed(hostile.text(), group))
                            .text();
                    assertThat(outcome)
                            .as(hostile.name())
                            .startsWith("refused ILLEGAL Template name '")
                            .endsWith("A name consists of up to 255 letters, digits, '_', '-' and '.',"
                                    + " with '/' between directories.");
                    assertThat(outcome).hasSizeLessThan(500);
                }
            }
            assertNoCanaryTriggered(canaries);
        }
    }

    @Test
    void aValueIsNeverEvaluated() throws IOException {
        List<String> values = hostileValues();
        try (Canaries canaries = Canaries.in(directory)) {
            for (String value : values) {
                for (String use : USES) {
                    assertThat(renderer.render(use, Map.of("x", value))).as(use).isEqualTo(value);
                }
            }
            assertNoCanaryTriggered(canaries);
        }
    }

    @Test
    void aKeyIsNeverEvaluated() throws IOException {
        List<String> keys = hostileValues();
        try (Canaries canaries = Canaries.in(directory)) {
            for (String key : keys) {
                assertThat(renderer.render("[# th:each=\"e : ${#all}\"][(${e.key})][/]", Map.of(key, "x")))
                        .isEqualTo(key);
            }
            assertNoCanaryTriggered(canaries);
        }
    }

    @Test
    void aGroupNameIsNeverEvaluated() throws IOException {
        try (SqliteKvStore store =
                        SqliteKvStore.builder().file(directory.resolve("kv.db")).build();
                Canaries canaries = Canaries.in(directory)) {
            // Groups that begin with U+0000 are reserved for the store.
            for (String text : hostileValues().stream()
                    .filter(it -> it.length() <= 100 && !it.startsWith("\0"))
                    .toList()) {
                store.set(text, text, text);
                assertThat(store.render("[# th:each=\"e : ${#all}\"][(${e.key})] [(${e.value})][/]", text))
                        .isEqualTo(text + " " + text);
            }
            assertThat(canaries.singing()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SpEL type reference to the canary",
                "SpEL type reference in th:if",
                "SpEL static call that reads the file",
                "SpEL system property",
                "SpEL connection",
                "Thymeleaf preprocessing of code",
                "th:insert of the file"
            })
    void plainThymeleafIsCaughtByACanary(String name) throws IOException {
        HostileCase hostile = HostileCase.of(directory, "code", "markup").stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow();
        try (Canaries canaries = Canaries.in(directory)) {
            RenderingOutcome outcome = RenderingOutcome.of(new PlainThymeleaf()::render, hostile.text(), group);
            assertThat(canaries.singing()
                            || Canaries.disclosedBy(outcome.text())
                            || Canaries.visited()
                            || !canaries.filesRead().isEmpty())
                    .as(outcome.text())
                    .isTrue();
            assertThat(canaries.requested()).isNotEmpty();
        }
    }

    @Test
    void plainThymeleafEvaluatesAValue() {
        assertThat(new PlainThymeleaf().render("[(__${x}__)]", Map.of("x", "${12345678L * 87654321L}")))
                .isEqualTo(Canaries.EVALUATED);
    }

    @Test
    void aFileReadIsDetected() throws IOException {
        try (Canaries canaries = Canaries.in(directory)) {
            Files.readString(Canaries.file(directory));
            assertThat(canaries.filesRead())
                    .containsExactly(Canaries.file(directory).toString());
        }
    }

    @Test
    void aConnectionIsDetected() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Canaries.port())) {
            assertThat(socket.isConnected()).isTrue();
            assertThat(Canaries.visited()).isTrue();
        }
        assertThat(Canaries.visited()).isFalse();
    }

    /** The hostile templates as values, without those that are not valid Unicode: they must be harmless as data. */
    private List<String> hostileValues() {
        return Stream.concat(HostileCase.of(directory, TEMPLATES).stream(), HostileCase.of(directory, "names").stream())
                .map(HostileCase::text)
                .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text))
                .filter(text -> text.length() < MAX_OUTPUT && !text.isEmpty())
                .distinct()
                .toList();
    }

    private void assertNoCanaryTriggered(Canaries canaries) throws IOException {
        assertThat(canaries.singing()).isFalse();
        assertThat(canaries.requested()).isEmpty();
        assertThat(canaries.filesRead()).isEmpty();
        assertThat(Canaries.visited()).isFalse();
    }
}
