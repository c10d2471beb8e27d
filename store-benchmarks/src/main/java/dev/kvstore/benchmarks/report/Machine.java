package dev.kvstore.benchmarks.report;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The machine and the versions of a measurement. */
public final class Machine {

    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");
    private static final List<String> MEASURED = List.of(
            "store-core",
            "sqlite-jdbc",
            "spring-jdbc",
            "HikariCP",
            "h2-mvstore",
            "rocksdbjni",
            "lmdbjava",
            "mapdb",
            "xodus-environment",
            "caffeine",
            "lettuce-core",
            "jmh-core");

    private Machine() {}

    /** The header of the results of a run. */
    public static String ofRun(String command) throws IOException {
        return """
                - **Run**: `java -jar store-benchmarks/target/benchmarks.jar %s`, %s
                - **Machine**: %s
                - **Versions**: %s
                """.formatted(command, LocalDate.now(ZoneOffset.UTC), description(), versions());
    }

    private static String description() throws IOException {
        double memory = memoryBytes() / 0x1p30;
        return String.format(
                Locale.ROOT,
                "%d processors (%s), %.0f GB of memory, %s %s, Java %s (%s)",
                Runtime.getRuntime().availableProcessors(),
                processor(),
                memory,
                System.getProperty("os.name"),
                System.getProperty("os.version").replaceFirst("-.*", ""),
                System.getProperty("java.version"),
                System.getProperty("java.vm.vendor"));
    }

    private static double memoryBytes() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : Double.NaN;
    }

    private static String processor() throws IOException {
        if (!Files.exists(PROCESSOR)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(PROCESSOR)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        }
    }

    /** The libraries with their versions, from their file names. */
    private static String versions() throws IOException {
        return libraries()
                .map(file -> file.replaceFirst("\\.jar$", ""))
                .filter(file -> MEASURED.stream().anyMatch(name -> file.matches(name + "-\\d.*")))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static Stream<String> libraries() throws IOException {
        List<Path> classPath = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
        Path beside = classPath.get(0).resolveSibling("lib");
        if (classPath.size() > 1 || !Files.isDirectory(beside)) {
            return classPath.stream().map(path -> path.getFileName().toString());
        }
        try (Stream<Path> files = Files.list(beside)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }
}
