package dev.kvstore.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvTemplateException;
import dev.kvstore.TemplateSettings;
import dev.kvstore.template.ThymeleafRenderer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Mutants of the hostile templates have only permitted results, too. Each run has other mutants. */
class TemplateFuzzTest {

    private static final long SEED = Long.getLong("reliability.seed", System.nanoTime());
    private static final int MUTANTS = Integer.getInteger("reliability.mutants", Effort.of(100_000, 5_000_000));
    private static final int ENOUGH_FOR_A_PLANTED_FAULT = 100_000;
    private static final int MAX_OUTPUT = 8 * 1024;
    private static final Duration MAX_TIME = Duration.ofMillis(20);

    private static final DataSize LARGEST_OUTPUT = DataSize.ofBytes(Integer.MAX_VALUE);

    private final ThymeleafRenderer renderer = new ThymeleafRenderer(new TemplateSettings(
            "classpath:/nothing/", "", false, DataSize.ofKilobytes(64), DataSize.ofBytes(MAX_OUTPUT), MAX_TIME));

    @TempDir
    private Path directory;

    private List<HostileCase> corpus;
    private Map<String, String> group;

    @BeforeEach
    void loadTheClassesOfTheRenderer() {
        corpus = HostileCase.of(directory, "code", "markup", "growth", "benign");
        group = HostileCase.entries(directory);
        corpus.forEach(hostile -> RenderingOutcome.of(renderer::render, hostile.text(), group));
    }

    private TemplateFuzzer fuzzer(BiFunction<String, Map<String, String>, String> fuzzed, Canaries canaries) {
        TemplateMutator mutator =
                new TemplateMutator(corpus.stream().map(HostileCase::text).toList());
        return new TemplateFuzzer(fuzzed, mutator, group, canaries, refusals(), MAX_OUTPUT, MAX_TIME);
    }

    /** The refusal messages of the corpus, with the limits of this test. */
    private Set<String> refusals() {
        Set<String> refusals = new HashSet<>();
        for (HostileCase hostile : corpus) {
            if (hostile.outcome().startsWith("refused ")) {
                refusals.add(hostile.outcome()
                        .replace("than 65536 bytes", "than " + MAX_OUTPUT + " bytes")
                        .replace("than 1000 ms", "than 20 ms"));
            }
        }
        return refusals;
    }

    @Test
    void noMutantDoesAnythingForbidden() throws Exception {
        try (Canaries canaries = Canaries.in(directory)) {
            TemplateFuzzer fuzzer = fuzzer(renderer::render, canaries);
            assertThat(fuzzer.run(SEED, MUTANTS)).isEmpty();
            assertThat(canaries.filesRead()).isEmpty();
            assertThat(fuzzer.refused()).isBetween(MUTANTS / 10, MUTANTS * 9 / 10);
            Findings.record(
                    "rendering-mutants",
                    MUTANTS + " mutants from seed " + SEED + ": " + fuzzer.refused() + " refused, the others inert; "
                            + "the longest took " + fuzzer.longestMillis() + " ms of processor time (allowed: 20 ms)");
        }
    }

    @Test
    void aRendererThatFailsOnDeepNestingIsFoundAndItsMutantShrunk() throws Exception {
        String found = found((template, entries) -> {
            if (template.contains("((((((((")) {
                throw new IllegalStateException("planted");
            }
            return renderer.render(template, entries);
        });
        assertThat(found).contains("java.lang.IllegalStateException: planted").endsWith(": \"((((((((\"");
    }

    @Test
    void aRendererThatEvaluatesAValueIsFound() throws Exception {
        assertThat(found((template, entries) -> renderer.render(renderer.render(template, entries), Map.of())))
                .contains("a value was evaluated");
    }

    @Test
    void aRendererThatDisclosesTheTemplateIsFound() throws Exception {
        assertThat(found((template, entries) -> {
                    try {
                        return renderer.render(template, entries);
                    } catch (KvTemplateException refused) {
                        throw new KvTemplateException(refused.kind(), refused.getMessage() + template);
                    }
                }))
                .contains("a refusal that is not in the corpus");
    }

    @Test
    void aRendererWithoutALimitOfOutputIsFound() throws Exception {
        ThymeleafRenderer unbounded = new ThymeleafRenderer(new TemplateSettings(
                "classpath:/nothing/", "", false, DataSize.ofKilobytes(64), LARGEST_OUTPUT, MAX_TIME));
        assertThat(found(unbounded::render)).contains("output over the limit");
    }

    @Test
    void aRendererThatFarExceedsItsTimeoutIsFound() throws Exception {
        String found = found((template, entries) -> {
            if (template.contains("((((((((")) {
                spin(MAX_TIME.multipliedBy(20));
            }
            return renderer.render(template, entries);
        });
        assertThat(found).contains("far over the timeout").endsWith(": \"((((((((\"");
    }

    @Test
    void aRendererThatDoesNotEndIsFound() throws Exception {
        assertThat(found((template, entries) -> {
                    while (template.contains("((((((((") && !Thread.interrupted()) {
                        LockSupport.park();
                    }
                    return renderer.render(template, entries);
                }))
                .contains("the rendering does not end", "((((((((");
    }

    @Test
    void aRendererThatConnectsIsFound() throws Exception {
        assertThat(found((template, entries) -> {
                    if (template.contains("java.net.Socket")) {
                        connect();
                    }
                    return renderer.render(template, entries);
                }))
                .contains("a connection was made")
                .endsWith(": \"java.net.Socket\"");
    }

    private static void connect() {
        try {
            new Socket(InetAddress.getLoopbackAddress(), Canaries.port()).close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void spin(Duration time) {
        long end = TemplateFuzzer.processorNanos() + time.toNanos();
        while (TemplateFuzzer.processorNanos() < end) {
            Thread.onSpinWait();
        }
    }

    private String found(BiFunction<String, Map<String, String>, String> planted) throws Exception {
        try (Canaries canaries = Canaries.in(directory)) {
            return fuzzer(planted, canaries).run(SEED, ENOUGH_FOR_A_PLANTED_FAULT);
        }
    }
}
