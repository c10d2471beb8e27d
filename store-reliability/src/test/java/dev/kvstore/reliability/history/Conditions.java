package dev.kvstore.reliability.history;

import dev.kvstore.KvStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Conditional writes, writes that return what they replaced, counters, batches and pages, on the same few entries. */
final class Conditions implements RecordedWorkload<ConditionalCall> {

    @Override
    public String name() {
        return "conditions";
    }

    @Override
    public Client<ConditionalCall> client(int number) {
        return new ConditionalClient(number);
    }

    @Override
    public ConditionalCall parse(String line) {
        return ConditionalCall.parse(line);
    }

    @Override
    public List<String> violations(List<ConditionalCall> history) {
        return Stream.concat(Linearizability.violations(history, Cells.NONE).stream(), sharedVersions(history).stream())
                .toList();
    }

    /** Versions that were seen with more than one value or entry. */
    private static List<String> sharedVersions(List<ConditionalCall> history) {
        Map<Long, List<String>> owners = new HashMap<>();
        List<String> shared = new ArrayList<>();
        for (ConditionalCall call : history) {
            for (Step step : call.steps()) {
                if (step.kind() == Step.Kind.SAW && step.value() != null) {
                    List<String> owner = List.of(call.object(), step.key(), step.value());
                    List<String> first = owners.putIfAbsent(step.number(), owner);
                    if (first != null && !first.equals(owner)) {
                        shared.add("version " + step.number() + " of " + first + " and of " + owner);
                    }
                }
            }
        }
        return shared;
    }

    @Override
    public KvStore withFlaw(String flaw, KvStore sound) {
        return ConditionFlaw.valueOf(flaw).apply(sound);
    }
}
