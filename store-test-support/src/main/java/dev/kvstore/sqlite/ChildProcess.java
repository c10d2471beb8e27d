package dev.kvstore.sqlite;

import dev.kvstore.secrets.SecretLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A second process with the same class path. A test communicates with it through its standard input and output. Its log
 * and its output are searched for secrets.
 */
public final class ChildProcess implements AutoCloseable {

    private final String name;
    private final Process process;
    private final BufferedReader output;

    private ChildProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.output = process.inputReader();
    }

    public static ChildProcess start(Class<?> main, List<String> jvmArguments, Object... arguments) throws IOException {
        return start(Map.of(), main, jvmArguments, arguments);
    }

    /** Starts a process with environment variables in addition to those of this one. */
    public static ChildProcess start(
            Map<String, String> environment, Class<?> main, List<String> jvmArguments, Object... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(SecretLog.argumentOfAnotherJvm());
        command.addAll(jvmArguments);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new ChildProcess(main.getSimpleName(), builder.start());
    }

    /** Reads lines until one starts with the given text, and returns that line. */
    public String awaitLine(String start) throws IOException {
        List<String> seen = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            SecretLog.read(name, line);
            if (line.startsWith(start)) {
                return line;
            }
            seen.add(line);
        }
        throw new IOException("The process ended without '" + start + "': " + String.join("\n", seen));
    }

    /** Lets a process that waits for its standard input proceed. */
    public void proceed() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    /** Kills the process. When this returns, all its files are closed and its locks released. */
    public void kill() {
        process.toHandle().destroyForcibly();
        process.onExit().join();
    }

    /** Stops all threads of the process, on Linux, until {@link #resume}. */
    public void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    public void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .inheritIO()
                .start();
        if (kill.waitFor() != 0) {
            throw new IOException("Signal " + signal + " could not be sent");
        }
    }

    /** The unread output of the process, until it ends. */
    public Stream<String> remainingLines() {
        return output.lines().peek(line -> SecretLog.read(name, line));
    }

    public void awaitEnd() throws IOException, InterruptedException {
        readToTheEnd();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("The process failed with " + process.exitValue());
        }
    }

    private void readToTheEnd() {
        remainingLines().forEach(line -> {});
    }

    @Override
    public void close() {
        kill();
        readToTheEnd();
        process.destroyForcibly();
    }
}
