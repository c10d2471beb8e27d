package dev.kvstore.benchmarks.targets;

import dev.kvstore.benchmarks.report.Machine;
import dev.kvstore.benchmarks.report.PerformancePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Measures whether the store reaches its goals, and writes the table into {@code performance.md}. */
public record Targets(Scale scale) {

    private static final String HEAD =
            "| target | at least | aim | result | figures, medians |\n|---|---|---|---|---|\n";

    public void writeTo(Path directory) throws IOException {
        Files.createDirectories(directory);
        String table = table(Machine.ofRun("targets"), all());
        new PerformancePage(directory.resolve("performance.md")).replace(PerformancePage.Part.TARGETS, table);
    }

    /** Measures, and returns the table. */
    static String table(String machine, List<Measured> all) {
        StringBuilder text = new StringBuilder(machine).append('\n').append(HEAD);
        for (Measured measured : all) {
            for (Line line : measured.measure()) {
                System.out.print(line.markdown());
                text.append(line.markdown());
            }
        }
        return text.toString();
    }

    private List<Measured> all() {
        return List.of(
                new OneCaller(scale),
                new ManyCallers(scale),
                new Waiting(scale),
                new GroupReads(scale),
                new ValueSizes(scale),
                new ManyKeys(scale),
                new PurgeStall(scale),
                new Allocation(scale),
                new NearCacheHit(scale),
                new Start());
    }
}
