package dev.kvstore.benchmarks.report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

/**
 * The results of a run, written as JSON, as tables in {@code performance.md} and as charts beside it.
 *
 * @param durability the median times that prove that durable writes are durable, by operation
 */
public record Report(String profile, List<RunResult> runs, Map<String, String> durability) {

    public Report {
        runs = List.copyOf(runs);
    }

    public void writeTo(Path directory) throws IOException {
        Files.createDirectories(directory);
        writeJson(directory.resolve("performance.json"));
        Map<Section, List<Result>> sections = runs.stream()
                .map(Result::of)
                .collect(Collectors.groupingBy(Result::section, LinkedHashMap::new, Collectors.toList()));
        StringBuilder text = new StringBuilder(head());
        for (Map.Entry<Section, List<Result>> section : sections.entrySet()) {
            text.append(section(directory, section.getKey(), section.getValue()));
        }
        new PerformancePage(directory.resolve("performance.md")).replace(PerformancePage.Part.RESULTS, text.toString());
    }

    private static String section(Path directory, Section section, List<Result> results) throws IOException {
        String title = "\n### " + section.title() + "\n\n";
        String table = new ResultTable(section, results).markdown();
        if (!section.charted()) {
            return title + table;
        }
        new ResultChart(section, results).writeTo(directory);
        return title + table + "\n![" + section.title() + "](" + section.chartName() + ")\n";
    }

    private String head() throws IOException {
        StringBuilder head = new StringBuilder();
        head.append(Machine.ofRun(profile.toLowerCase(Locale.ROOT)));
        if (!durability.isEmpty()) {
            head.append("- **One thread waiting for the disk**, medians: ");
            head.append(durability.entrySet().stream()
                    .map(time -> time.getKey() + " " + time.getValue())
                    .collect(Collectors.joining(", ")));
            head.append('\n');
        }
        return head.toString();
    }

    private void writeJson(Path file) throws IOException {
        try (PrintStream out = new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8)) {
            ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(runs);
        }
    }
}
