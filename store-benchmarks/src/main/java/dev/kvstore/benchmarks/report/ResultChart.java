package dev.kvstore.benchmarks.report;

import dev.kvstore.benchmarks.contender.Product;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.style.Styler.LegendPosition;

/** The results of a section as bars with error bars, on a logarithmic scale because of their range. */
record ResultChart(Section section, List<Result> results) {

    private static final Color[] COLOURS = {new Color(0x1f77b4), new Color(0xff7f0e), new Color(0x2ca02c)};

    void writeTo(Path directory) throws IOException {
        try (OutputStream file = Files.newOutputStream(directory.resolve(section.chartName()))) {
            ChartEncoder.saveChart(chart(), file, "svg");
        }
    }

    private CategoryChart chart() {
        CategoryChart chart = new CategoryChartBuilder()
                .width(900)
                .height(420)
                .title(section.title())
                .yAxisTitle(section.unit())
                .build();
        style(chart);
        List<Product> products = results.stream()
                .map(result -> result.target().product())
                .distinct()
                .toList();
        results.stream().map(Result::threads).distinct().sorted().forEach(threads -> addBars(chart, products, threads));
        return chart;
    }

    private void style(CategoryChart chart) {
        chart.getStyler()
                .setSeriesColors(COLOURS)
                .setLegendPosition(LegendPosition.OutsideE)
                .setChartBackgroundColor(Color.WHITE);
        chart.getStyler()
                .setXAxisMaxLabelCount(Product.values().length)
                .setXAxisLabelRotation(30)
                .setPlotGridVerticalLinesVisible(false)
                // Each of thousands of dashes would be a separate shape in the file.
                .setPlotGridLinesStroke(new BasicStroke(0.5f))
                .setYAxisLogarithmic(true)
                .setYAxisDecimalPattern("#,###")
                .setYAxisMin(powerOfTen(Math.floor(Math.log10(scores().min().orElse(1)))))
                .setYAxisMax(powerOfTen(Math.ceil(Math.log10(scores().max().orElse(1)) + 0.01)));
    }

    private void addBars(CategoryChart chart, List<Product> products, int threads) {
        List<String> labels = products.stream().map(Product::label).toList();
        List<Result> bars = products.stream()
                .map(product -> results.stream()
                        .filter(result -> result.target().product() == product && result.threads() == threads)
                        .findFirst()
                        .orElseThrow())
                .toList();
        List<Double> scores = bars.stream().map(Result::score).toList();
        List<Double> errors = bars.stream().map(ResultChart::error).toList();
        String name = threads == 1 ? "1 thread" : threads + " threads";
        chart.addSeries(name, labels, scores, errors);
    }

    private DoubleStream scores() {
        return results.stream().mapToDouble(Result::score);
    }

    private static double powerOfTen(double exponent) {
        return Math.pow(10, exponent);
    }

    /** A factor: XChart adds the logarithm of the error to that of the value, and subtracts it. */
    private static double error(Result result) {
        return Double.isNaN(result.error()) ? 1 : 1 + result.error() / 100;
    }
}
