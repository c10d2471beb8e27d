package dev.kvstore.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The page that shows the results: what stands outside its two markers is written by hand, and stays. */
record PerformancePage(Path file) {

    private static final String BEGIN = "<!-- results: begin, written by store-benchmarks -->\n";
    private static final String END = "<!-- results: end -->\n";

    void replaceResults(String results) throws IOException {
        String page = Files.exists(file) ? Files.readString(file) : BEGIN + END;
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException(
                    "%s has not both markers, %s and %s".formatted(file, BEGIN.strip(), END.strip()));
        }
        Files.writeString(
                file, page.substring(0, begin + BEGIN.length()) + "\n" + results + "\n" + page.substring(end));
    }
}
