package dev.kvstore.reliability.history;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A call on entries of a group, as what it saw and did at one moment.
 *
 * @param refused whether it did nothing because one of the steps did not match
 */
record ConditionalCall(
        int client, String object, String method, List<Step> steps, boolean refused, long invoked, long returned)
        implements Call<Cells> {

    @Override
    public Optional<Cells> on(Cells before) {
        Optional<Cells> after = Optional.of(before);
        for (Step step : steps) {
            after = after.flatMap(cells -> cells.after(step));
        }
        if (refused) {
            return after.isPresent() ? Optional.empty() : Optional.of(before);
        }
        return after;
    }

    @Override
    public String line() {
        String all = steps.stream().map(Step::line).collect(Collectors.joining(" "));
        return Stream.of(client, object, method, all, refused, invoked, returned)
                .map(String::valueOf)
                .collect(Collectors.joining("\t"));
    }

    static ConditionalCall parse(String line) {
        String[] parts = line.split("\t", -1);
        List<Step> steps = parts[3].isEmpty()
                ? List.of()
                : Arrays.stream(parts[3].split(" ", -1)).map(Step::parse).toList();
        return new ConditionalCall(
                Integer.parseInt(parts[0]),
                parts[1],
                parts[2],
                steps,
                Boolean.parseBoolean(parts[4]),
                Long.parseLong(parts[5]),
                Long.parseLong(parts[6]));
    }
}
