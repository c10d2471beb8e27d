package dev.kvstore.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import dev.kvstore.KvOperation;
import dev.kvstore.KvStatus;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The dashboard and the page ask for meters that exist. */
class DashboardTest {

    private static final Pattern METRIC = Pattern.compile("\\b(kvstore_\\w+|cache_\\w+)\\b");
    private static final Pattern METER = Pattern.compile("\\| `(kvstore\\.[a-z.]+)`");

    /** With everything that a store can have. */
    private static final KvStatus STATUS = new KvStatus() {

        @Override
        public Optional<Path> file() {
            return Optional.of(Path.of("kvstore.db"));
        }

        @Override
        public Optional<NearCache> nearCache() {
            return Optional.of(new NearCache(1, 1, 1, 1));
        }

        @Override
        public Optional<Pool> pool() {
            return Optional.of(new Pool(1, 1, 1, 1));
        }
    };

    private static PrometheusMeterRegistry registry() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        BoundMeters meters = new BoundMeters(registry, STATUS);
        meters.ended(KvOperation.GET, 1, 1, true);
        meters.ended(KvOperation.SET, 1, 1, true);
        meters.committed(1, 1);
        meters.purged(1);
        return registry;
    }

    private static Set<String> metrics() {
        return registry()
                .scrape()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void eachQueryAsksForMetersThatExist() throws IOException {
        List<String> queries = JsonPath.parse(Files.readString(Path.of("../docs/grafana-dashboard.json")))
                .read("$..expr");
        assertThat(queries).hasSizeGreaterThan(10);
        Set<String> asked = new TreeSet<>();
        for (String query : queries) {
            Matcher metric = METRIC.matcher(query);
            assertThat(metric.find()).as(query).isTrue();
            do {
                asked.add(metric.group(1));
            } while (metric.find());
        }
        asked.remove("kvstore");
        assertThat(metrics()).containsAll(asked);
        assertThat(asked.stream().filter(name -> name.startsWith("kvstore_")).map(DashboardTest::family))
                .containsAll(metrics().stream()
                        .filter(name -> name.startsWith("kvstore_"))
                        .map(DashboardTest::family)
                        .toList());
    }

    private static String family(String metric) {
        return Arrays.stream(new String[] {"_count", "_sum", "_max"})
                .filter(metric::endsWith)
                .map(suffix -> metric.substring(0, metric.length() - suffix.length()))
                .findFirst()
                .orElse(metric);
    }

    @Test
    void thePageListsEachMeter() throws IOException {
        Matcher row = METER.matcher(Files.readString(Path.of("../docs/observability.md")));
        Set<String> listed = new TreeSet<>();
        while (row.find()) {
            listed.add(row.group(1));
        }
        assertThat(listed)
                .isEqualTo(registry().getMeters().stream()
                        .map(meter -> meter.getId().getName())
                        .filter(name -> name.startsWith("kvstore"))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }
}
