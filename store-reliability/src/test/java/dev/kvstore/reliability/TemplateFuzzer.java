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

/** Renders mutants, and tells of the first that does what no template may, as short as it can be made. */
final class TemplateFuzzer {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** The time is looked at between steps, of which the longest is the reading of the template. */
    private static final int FAR_BEYOND = 10;

    /** For one rendering, by the clock: so long none takes on a busy machine either. */
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

    /** One of many. */
    private record Rendering(long number, String template) {}

    /** @param refusals all that a refused template may be told, so that nothing of it nor of a value is */
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

    /** How long the processor has worked for this thread: what a busy machine and a collection of garbage leave alone. */
    static long processorNanos() {
        return THREADS.getCurrentThreadCpuTime();
    }

    /** A description of what went wrong, empty when nothing did. A rendering that does not end is not waited for. */
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
                    return "seed " + seed + ": it does not end: \"" + escaped(before.template) + "\"";
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
        Outcome outcome = Outcome.of(renderer, template, group);
        long nanos = processorNanos() - start;
        longestNanos = Math.max(longestNanos, nanos);
        refused += outcome.refused() ? 1 : 0;
        if (outcome.unexpected()) {
            return outcome.text().replaceAll("(?s)^(.{200}).*", "$1");
        }
        if (nanos > FAR_BEYOND * maxTime.toNanos()) {
            return "far beyond its time";
        }
        if (canaries.singing() || !canaries.asked().isEmpty()) {
            return "a canary noticed";
        }
        if (Canaries.visited()) {
            return "a connection was made";
        }
        if (Canaries.toldBy(outcome.text())) {
            return "a secret is told, or a value was evaluated";
        }
        if (outcome.refused() && !refusals.contains(outcome.text())) {
            return "a refusal that the corpus does not know, " + outcome;
        }
        return outcome.output().getBytes(StandardCharsets.UTF_8).length > maxOutput ? "output beyond its bound" : "";
    }

    /** Leaves out whatever can be left out. */
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
