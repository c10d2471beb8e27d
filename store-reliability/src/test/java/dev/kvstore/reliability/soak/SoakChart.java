package dev.kvstore.reliability.soak;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The resource use of a run over time, as lines. */
record SoakChart(Samples samples) {

    private static final Color[] COLOURS = {new Color(0x1f77b4), new Color(0xff7f0e), new Color(0x2ca02c)};

    void writeTo(Path directory) throws IOException {
        write(
                directory,
                "reliability-soak-memory.svg",
                "Memory and disk",
                "MB",
                Resource.HEAP,
                Resource.FILE,
                Resource.WAL);
        write(directory, "reliability-soak-handles.svg", "Handles", "count", Resource.DESCRIPTORS, Resource.THREADS);
    }

    private void write(Path directory, String name, String title, String unit, Resource... resources)
            throws IOException {
        XYChart chart = new XYChartBuilder()
                .width(900)
                .height(360)
                .title(title)
                .xAxisTitle("minutes")
                .yAxisTitle(unit)
                .build();
        double highest = 0;
        for (Resource resource : resources) {
            List<Double> values = samples.of(resource);
            chart.addSeries(resource.label, samples.minutes(), values)
                    .setMarker(SeriesMarkers.NONE)
                    .setLineStyle(new BasicStroke(2));
            highest = Math.max(
                    highest,
                    values.stream().mapToDouble(Double::doubleValue).max().orElse(0));
        }
        chart.getStyler()
                .setSeriesColors(COLOURS)
                .setLegendPosition(LegendPosition.OutsideE)
                .setChartBackgroundColor(Color.WHITE);
        chart.getStyler()
                .setPlotGridVerticalLinesVisible(false)
                // Each of thousands of dashes would be a separate shape in the file.
                .setPlotGridLinesStroke(new BasicStroke(0.5f))
                // From zero, so that a level line looks level.
                .setYAxisMin(0.0)
                .setYAxisMax(Math.ceil(highest * 1.2))
                .setXAxisMin(0.0)
                .setYAxisDecimalPattern("#,##0");
        try (OutputStream file = Files.newOutputStream(directory.resolve(name))) {
            ChartEncoder.saveChart(chart, file, "svg");
        }
    }
}
