package dev.kvstore.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The page with the results. Text outside the markers of its parts is handwritten and kept. */
public record PerformancePage(Path file) {

    /** A part of the page that a run replaces, between two markers. */
    public enum Part {
        TARGETS,
        OPERATIONS,
        RESULTS;

        private String begin() {
            return "<!-- %s: begin, written by store-benchmarks -->\n".formatted(name().toLowerCase(Locale.ROOT));
        }

        private String end() {
            return "<!-- %s: end -->\n".formatted(name().toLowerCase(Locale.ROOT));
        }
    }

    public void replace(Part part, String text) throws IOException {
        String page = Files.exists(file) ? Files.readString(file) : empty();
        int begin = page.indexOf(part.begin());
        int end = page.indexOf(part.end());
        if (begin < 0 || end < begin) {
            throw new IllegalStateException("%s does not have both markers, %s and %s"
                    .formatted(file, part.begin().strip(), part.end().strip()));
        }
        Files.writeString(
                file, page.substring(0, begin + part.begin().length()) + "\n" + text + "\n" + page.substring(end));
    }

    private static String empty() {
        return Arrays.stream(Part.values())
                .map(part -> part.begin() + part.end())
                .collect(Collectors.joining());
    }
}
