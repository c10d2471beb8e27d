package dev.kvstore.benchmarks.targets;

import dev.kvstore.benchmarks.report.Machine;
import dev.kvstore.benchmarks.report.PerformancePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Measures the operations of groups as ratios of a set or a get, and writes the table into {@code performance.md}. */
public record Operations(Scale scale) {

    public void writeTo(Path directory) throws IOException {
        Files.createDirectories(directory);
        List<Measured> all = List.of(
                new ConditionalWrites(scale),
                new SetAll(scale),
                new CounterCallers(scale),
                new WeakerWrites(scale),
                new SubscribedWrites(scale),
                new ChangeDelivery(scale),
                new Pages(scale),
                new PagesOfPeers(scale),
                new GroupNames(scale),
                new Json(scale),
                new RedisOperations(scale));
        String table = Targets.table(Machine.ofRun("operations"), all);
        new PerformancePage(directory.resolve("performance.md")).replace(PerformancePage.Part.OPERATIONS, table);
    }
}
