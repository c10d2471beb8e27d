package dev.kvstore.reliability.soak;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Samples of the resource use during a run. */
final class Samples {

    private final List<Double> minutes = new ArrayList<>();
    private final Map<Resource, List<Double>> values = new EnumMap<>(Resource.class);

    Samples() {
        Arrays.stream(Resource.values()).forEach(resource -> values.put(resource, new ArrayList<>()));
    }

    void add(double minute, Map<Resource, Double> sample) {
        minutes.add(minute);
        sample.forEach((resource, value) -> values.get(resource).add(value));
    }

    List<Double> minutes() {
        return minutes;
    }

    List<Double> of(Resource resource) {
        return values.get(resource);
    }

    /** The median of the first third after the warm-up, which is the first quarter of the run. */
    double first(Resource resource) {
        List<Double> warm = warm(resource);
        return median(warm.subList(0, warm.size() / 3));
    }

    /** The median of the last third. */
    double last(Resource resource) {
        List<Double> warm = warm(resource);
        return median(warm.subList(warm.size() - warm.size() / 3, warm.size()));
    }

    /** Whether the last third uses no more than the first, within the resource's tolerance. */
    boolean isLevel(Resource resource) {
        return last(resource) <= first(resource) * (1 + resource.tolerance) + resource.slack;
    }

    private List<Double> warm(Resource resource) {
        List<Double> all = values.get(resource);
        return all.subList(all.size() / 4, all.size());
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
