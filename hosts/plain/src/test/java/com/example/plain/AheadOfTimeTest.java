package com.example.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplicationAotProcessor;

/** Runs the steps of the goal process-aot of Spring Boot's Maven plugin, and their result on the JVM. */
class AheadOfTimeTest {

    private static final String CLASS_PATH = System.getProperty("java.class.path");

    @TempDir
    Path directory;

    private Path sources;
    private Path resources;
    private Path classes;

    @BeforeEach
    void createDirectories() throws IOException {
        sources = Files.createDirectory(directory.resolve("sources"));
        resources = Files.createDirectory(directory.resolve("resources"));
        classes = Files.createDirectory(directory.resolve("classes"));
    }

    @Test
    void anApplicationProcessedAheadOfTimeRunsAndClosesItsStore() throws Exception {
        java(
                CLASS_PATH,
                List.of(),
                SpringApplicationAotProcessor.class,
                PlainApplication.class.getName(),
                sources.toString(),
                resources.toString(),
                classes.toString(),
                "com.example",
                "plain");
        compile();
        Path file = directory.resolve("state/kvstore.db");
        String output = java(
                String.join(File.pathSeparator, classes.toString(), resources.toString(), CLASS_PATH),
                List.of("-Dspring.aot.enabled=true"),
                PlainApplication.class,
                "--kvstore.path=" + file,
                "--logging.level.com.example=info",
                "--logging.level.dev.kvstore=info",
                "--logging.threshold.console=info",
                "--server.port=0");
        assertThat(output).contains("Starting AOT-processed PlainApplication", "The store holds SqliteKvStore value");
        assertThat(file.getParent().toFile().list()).containsExactly("kvstore.db");
        String hints = Files.readString(
                resources.resolve("META-INF/native-image/com.example/plain/reachability-metadata.json"));
        assertThat(hints.replace("\\/", "/")).contains("db/kvstore/**", "kvstore/templates/**", "KvStorePurger");
    }

    private void compile() throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            List<String> arguments = new ArrayList<>(
                    List.of("-cp", classes + File.pathSeparator + CLASS_PATH, "-proc:none", "-d", classes.toString()));
            files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::toString)
                    .forEach(arguments::add);
            int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
            assertThat(result).as("exit code of the compiler").isZero();
        }
    }

    private static String java(String classPath, List<String> options, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
