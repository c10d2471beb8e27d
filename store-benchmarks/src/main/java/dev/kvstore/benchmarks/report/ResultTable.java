package dev.kvstore.benchmarks.report;

import dev.kvstore.benchmarks.contender.Product;
import dev.kvstore.benchmarks.contender.Target;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The results of a section as a Markdown table with one row per target. */
record ResultTable(Section section, List<Result> results) {

    String markdown() {
        List<Integer> threads =
                results.stream().map(Result::threads).distinct().sorted().toList();
        StringBuilder table = new StringBuilder("| |");
        for (int count : threads) {
            String callers = count == 1 ? "1 thread" : count + " threads";
            table.append(" %s, %s | × KvStore |".formatted(callers, section.unit()));
        }
        table.append(" bytes per operation |\n|---|").append("--:|".repeat(threads.size() * 2 + 1));
        for (Target target : results.stream().map(Result::target).distinct().toList()) {
            table.append("\n| ").append(target.product().label()).append(" |");
            threads.forEach(count -> table.append(cells(find(target.product(), count))));
            table.append(bytes(target.product(), threads)).append(" |");
        }
        return table.append('\n').toString();
    }

    private String cells(Optional<Result> found) {
        if (found.isEmpty()) {
            return " | |";
        }
        Result result = found.get();
        String error = Double.isNaN(result.error()) ? "" : String.format(Locale.ROOT, " ± %.0f %%", result.error());
        return String.format(Locale.ROOT, " %s%s | %s |", number(result.score()), error, ratio(result));
    }

    private String ratio(Result result) {
        return find(Product.KVSTORE, result.threads())
                .map(ours -> String.format(Locale.ROOT, "%.2f", result.score() / ours.score()))
                .orElse("");
    }

    private String bytes(Product product, List<Integer> threads) {
        double bytes = find(product, threads.get(0)).map(Result::bytes).orElse(Double.NaN);
        return Double.isNaN(bytes) ? "" : " " + number(bytes);
    }

    private Optional<Result> find(Product product, int threads) {
        return results.stream()
                .filter(result -> result.target().product() == product && result.threads() == threads)
                .findFirst();
    }

    /** Three significant digits. */
    static String number(double value) {
        if (value < 100) {
            return String.format(Locale.ROOT, "%.1f", value);
        }
        double step = Math.pow(10, Math.floor(Math.log10(value)) - 2);
        return String.format(Locale.ROOT, "%,.0f", Math.rint(value / step) * step);
    }
}
