package dev.kvstore.reliability;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;

/** Renders mutants and reports the first that does something forbidden, shrunk as far as possible. */
final class TemplateFuzzer {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** The timeout is checked between steps; parsing the template is the longest of them. */
    private static final int FAR_BEYOND = 10;

    /** For one rendering, by the clock: even on a busy machine none takes this long. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final BiFunction<String, Map<String, String>, String> renderer;
    private final TemplateMutator mutator;
    private final Map<String, String> group;
    private final Canaries canaries;
    private final Set<String> refusals;
    private final int maxOutput;
    private final Duration maxTime;

    private int refused;
    private long longestNanos;
    private volatile Rendering now = new Rendering(0, "");

    /** A rendering and its number. */
    private record Rendering(long number, String template) {}

    /** @param refusals the permitted refusal messages, which contain neither template text nor a value */
    TemplateFuzzer(
            BiFunction<String, Map<String, String>, String> renderer,
            TemplateMutator mutator,
            Map<String, String> group,
            Canaries canaries,
            Set<String> refusals,
            int maxOutput,
            Duration maxTime) {
        this.renderer = renderer;
        this.mutator = mutator;
        this.group = group;
        this.canaries = canaries;
        this.refusals = refusals;
        this.maxOutput = maxOutput;
        this.maxTime = maxTime;
    }

    /** The processor time of this thread, which neither a busy machine nor garbage collection affects. */
    static long processorNanos() {
        return THREADS.getCurrentThreadCpuTime();
    }

    /**
     * Returns a description of the first failure, or an empty string. Does not wait for a rendering that does not end.
     */
    String run(long seed, int mutants) throws ExecutionException, InterruptedException {
        FutureTask<String> trial = new FutureTask<>(() -> firstWrong(seed, mutants));
        Thread thread = new Thread(trial, "fuzzer");
        thread.setDaemon(true);
        thread.start();
        Rendering before = now;
        while (true) {
            try {
                return trial.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException goesOn) {
                if (now.number == before.number) {
                    thread.interrupt();
                    return "seed " + seed + ": the rendering does not end: \"" + escaped(before.template) + "\"";
                }
                before = now;
            }
        }
    }

    private String firstWrong(long seed, int mutants) throws IOException {
        for (int i = 0; i < mutants; i++) {
            String mutant = mutator.mutant(new SplittableRandom(seed + i));
            String wrong = wrong(mutant);
            if (!wrong.isEmpty()) {
                return "seed " + (seed + i) + ": " + wrong + ": \"" + escaped(shrunk(mutant)) + "\"";
            }
        }
        return "";
    }

    int refused() {
        return refused;
    }

    long longestMillis() {
        return longestNanos / 1_000_000;
    }

    private String wrong(String template) throws IOException {
        now = new Rendering(now.number + 1, template);
        long start = processorNanos();
        RenderingOutcome outcome = RenderingOutcome.of(renderer, template, group);
        long nanos = processorNanos() - start;
        longestNanos = Math.max(longestNanos, nanos);
        refused += outcome.refused() ? 1 : 0;
        if (outcome.unexpected()) {
            return outcome.text().replaceAll("(?s)^(.{200}).*", "$1");
        }
        if (nanos > FAR_BEYOND * maxTime.toNanos()) {
            return "far over the timeout";
        }
        if (canaries.singing() || !canaries.requested().isEmpty()) {
            return "a canary was triggered";
        }
        if (Canaries.visited()) {
            return "a connection was made";
        }
        if (Canaries.disclosedBy(outcome.text())) {
            return "a secret was disclosed, or a value was evaluated";
        }
        if (outcome.refused() && !refusals.contains(outcome.text())) {
            return "a refusal that is not in the corpus, " + outcome;
        }
        return outcome.output().getBytes(StandardCharsets.UTF_8).length > maxOutput ? "output over the limit" : "";
    }

    /** Removes every part that the failure does not need. */
    private String shrunk(String mutant) throws IOException {
        String shortest = mutant;
        for (int length = shortest.length() / 2; length > 0; length /= 2) {
            for (int at = 0; at + length <= shortest.length(); ) {
                String shorter = shortest.substring(0, at) + shortest.substring(at + length);
                if (wrong(shorter).isEmpty()) {
                    at += length;
                } else {
                    shortest = shorter;
                }
            }
        }
        return shortest;
    }

    private static String escaped(String text) {
        StringBuilder java = new StringBuilder();
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                java.append('\\').append((char) c);
            } else if (c < ' ' || c > '~') {
                java.append(String.format("\\u%04X", c));
            } else {
                java.append((char) c);
            }
        });
        return java.toString();
    }
}
