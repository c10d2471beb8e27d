package dev.kvstore.benchmarks;

import dev.kvstore.benchmarks.contender.Product;
import dev.kvstore.benchmarks.contender.Storage;
import dev.kvstore.benchmarks.contender.Target;
import dev.kvstore.benchmarks.report.Report;
import dev.kvstore.benchmarks.targets.Operations;
import dev.kvstore.benchmarks.targets.Scale;
import dev.kvstore.benchmarks.targets.Targets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;

/**
 * Runs the {@link Targets} ({@code targets}), the {@link Operations} ({@code operations}) or a {@link Profile} ({@code
 * short}, {@code all} or {@code smoke}), and writes the results into the directory of the second argument, by default
 * {@code docs}.
 */
public final class Benchmarks {

    private static final String[] FORK_ARGUMENTS = {
        "-Xms1g",
        "-Xmx1g",
        "--enable-native-access=ALL-UNNAMED",
        "--add-opens=java.base/java.nio=ALL-UNNAMED",
        "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
        "-D" + Workspace.PROPERTY + "=" + Workspace.root()
    };

    private Benchmarks() {}

    public static void main(String[] arguments) throws IOException, RunnerException {
        if (arguments.length == 0) {
            throw new IllegalArgumentException("The first argument must be targets, operations, short, all or smoke");
        }
        Path output = Path.of(arguments.length > 1 ? arguments[1] : "docs");
        if (arguments[0].equals("targets")) {
            new Targets(Scale.FULL).writeTo(output);
            return;
        }
        if (arguments[0].equals("operations")) {
            new Operations(Scale.FULL).writeTo(output);
            return;
        }
        Profile profile = Profile.named(arguments[0]);
        Arrays.stream(Product.values())
                .filter(product -> !product.available())
                .forEach(product -> System.out.println("Skipped, not on the path: " + product.label()));
        Map<String, String> durability = profile.claims() ? checkDurability(profile) : Map.of();
        List<RunResult> results = new ArrayList<>();
        for (Measurement measurement : profile.measurements()) {
            for (int threads : measurement.threads()) {
                results.addAll(new Runner(options(profile, measurement, threads)).run());
            }
        }
        new Report(profile.name(), results, durability).writeTo(output);
        if (!profile.claims()) {
            new Targets(Scale.SMOKE).writeTo(output);
            new Operations(Scale.SMOKE).writeTo(output);
        }
    }

    private static Options options(Profile profile, Measurement measurement, int threads) {
        return profile.options(measurement, threads)
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend(FORK_ARGUMENTS)
                .shouldFailOnError(true)
                .build();
    }

    /** The times that prove that durable writes are durable, checked before the measurements. */
    private static Map<String, String> checkDurability(Profile profile) {
        FsyncGuard guard = FsyncGuard.ofThisDisk();
        Map<String, String> times = new LinkedHashMap<>();
        times.put("a bare write and fsync", micros(guard.fsync()));
        for (Target target : durable(profile)) {
            times.put("a set of " + target.product().label(), micros(guard.check(target)));
        }
        times.forEach((what, time) -> System.out.println(what + ": " + time));
        return times;
    }

    private static String micros(Duration time) {
        return time.toNanos() / 1000 + " µs";
    }

    private static Set<Target> durable(Profile profile) {
        Set<Target> durable = new LinkedHashSet<>();
        for (Measurement measurement : profile.measurements()) {
            measurement.targets().stream()
                    .filter(target -> target.storage() == Storage.FULL)
                    .forEach(durable::add);
        }
        return durable;
    }
}
