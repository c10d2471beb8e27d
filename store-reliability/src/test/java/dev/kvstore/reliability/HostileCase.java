package dev.kvstore.reliability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.core.io.ClassPathResource;

/**
 * One block of a file in {@code resources/hostile}: {@code == a name}, the text, and the expected result in the format
 * of {@link RenderingOutcome}. In all of them {@code ⟦U+0000⟧} is a character, {@code ⟦9×text⟧} a repetition,
 * {@code ⟦FILE⟧} the path of the secret file, {@code ⟦CANARY⟧} the class that must not be called and {@code ⟦PORT⟧} the
 * port that must not be connected to.
 */
record HostileCase(String name, String text, String outcome) {

    private static final Pattern NOTATION = Pattern.compile("⟦(?:U\\+(\\p{XDigit}{4})|(\\d+)×(.*?))⟧", Pattern.DOTALL);
    private static final Pattern OUTCOME = Pattern.compile("\n-- (?=output(?:\n|$)|refused )");

    /** Returns the cases of the given files, with a secret file in this directory. */
    static List<HostileCase> of(Path directory, String... files) {
        return Arrays.stream(files)
                .flatMap(file -> Stream.of(read(file).split("(?m)^== ")))
                .filter(block -> !block.isBlank())
                .map(block -> parse(block, directory))
                .toList();
    }

    /** The group for all cases. */
    static Map<String, String> entries(Path directory) {
        Map<String, String> entries = new TreeMap<>();
        read("entries")
                .lines()
                .map(line -> line.split("=", 2))
                .forEach(line -> entries.put(line[0], written(line[1], directory)));
        return entries;
    }

    private static HostileCase parse(String block, Path directory) {
        String name = block.substring(0, block.indexOf('\n'));
        String[] parts = OUTCOME.split(block.substring(name.length() + 1).stripTrailing(), 2);
        String outcome = parts.length < 2 ? "" : parts[1];
        return new HostileCase(
                name,
                written(parts[0], directory),
                written(outcome.equals("output") ? "output\n" : outcome, directory));
    }

    private static String written(String text, Path directory) {
        String named = text.replace("⟦FILE⟧", Canaries.file(directory).toString())
                .replace("⟦PORT⟧", Integer.toString(Canaries.port()))
                .replace("⟦CANARY⟧", "dev.kvstore.reliability.Canary")
                .replace("⟦EMPTY⟧", "");
        return NOTATION.matcher(named)
                .replaceAll(match -> Matcher.quoteReplacement(
                        match.group(1) != null
                                ? String.valueOf((char) Integer.parseInt(match.group(1), 16))
                                : match.group(3).repeat(Integer.parseInt(match.group(2)))));
    }

    private static String read(String file) {
        try {
            return new ClassPathResource("hostile/" + file + ".txt").getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
