package dev.kvstore.reliability;

import static dev.kvstore.secrets.Secrets.VALUE;

import dev.kvstore.Expiry;
import dev.kvstore.KvCodec;
import dev.kvstore.KvRange;
import dev.kvstore.KvStore;
import dev.kvstore.secrets.Secrets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** Every operation of a store, with a secret in every value and template, and its failures. */
public final class SecretOperations {

    /** A call whose name begins with that of the method. */
    public record Operation(String name, Consumer<KvStore> call) {

        String method() {
            return name.split(" ", 2)[0];
        }
    }

    /** A call that ended in an exception. */
    public record Failure(Operation operation, RuntimeException thrown) {}

    private static final KvCodec<String> FAILING = KvCodec.text(
            value -> {
                throw new IllegalStateException(value);
            },
            text -> text);

    static final List<Operation> ALL = List.of(
            new Operation(
                    "changes",
                    kv -> kv.changes().subscribe(change -> {
                        throw new IllegalStateException(VALUE + change, new IllegalStateException(VALUE));
                    })),
            new Operation(
                    "leases",
                    kv -> kv.leases()
                            .tryAcquire(VALUE, Duration.ofMinutes(1))
                            .orElseThrow()
                            .renew(Duration.ZERO)),
            new Operation("set", kv -> kv.set("group", "key", VALUE)),
            new Operation("set long", kv -> kv.set("group", "long", VALUE.repeat(200_000))),
            new Operation("set ttl", kv -> kv.set("group", "ttl", VALUE, Duration.ofNanos(1))),
            new Operation("set surrogate", kv -> kv.set("group", "key", VALUE + "\uD83C")),
            new Operation("set negative ttl", kv -> kv.set("group", "key", VALUE, Duration.ofDays(-1))),
            new Operation("get", kv -> kv.get("group", "key")),
            new Operation("require", kv -> kv.require("group", "key")),
            new Operation("require absent", kv -> kv.require("group", "absent")),
            new Operation("count", kv -> kv.count("group")),
            new Operation("getAll", kv -> kv.getAll("group")),
            new Operation("render", kv -> kv.render(VALUE + "[(${key})]", "group")),
            new Operation("render surrogate", kv -> kv.render(VALUE + "\uD83C", "group")),
            new Operation("render strict", kv -> kv.render(VALUE + "[(${absent})]", "group")),
            new Operation("render unparsable", kv -> kv.render(VALUE + "[/" + VALUE + "]", "group")),
            new Operation("render unclosed", kv -> kv.render("[# th:if=\"" + VALUE + "\"]" + VALUE, "group")),
            new Operation("render expression", kv -> kv.render("[(" + VALUE + " " + VALUE + ")]", "group")),
            new Operation("render call", kv -> kv.render("[(${" + VALUE + "(" + VALUE + ")})]", "group")),
            new Operation("render attribute", kv -> kv.render("[# th:" + VALUE + "=\"" + VALUE + "\"][/]", "group")),
            new Operation("render link", kv -> kv.render("[(@{/" + VALUE + "})][(#{" + VALUE + "})]", "group")),
            new Operation("render arithmetic", kv -> kv.render("[('" + VALUE + "' * ${key})]", "group")),
            new Operation("render comparison", kv -> kv.render("[(${key} > 1)]", "group")),
            new Operation("render loop", kv -> kv.render("[# th:each=\"e : ${key}\"]" + VALUE + "[/]", "group")),
            new Operation("render too long", kv -> kv.render(VALUE.repeat(50_000), "group")),
            new Operation("render much", kv -> kv.render("[(${key})]".repeat(25_000), "group")),
            new Operation("renderNamed", kv -> kv.renderNamed("secret", "group")),
            new Operation("renderNamed unparsable", kv -> kv.renderNamed("unparsable", "group")),
            new Operation("renderNamed malformed", kv -> kv.renderNamed("malformed", "group")),
            new Operation("renderNamed missing", kv -> kv.renderNamed("missing", "group")),
            new Operation("group", kv -> kv.group("group").setAll(Map.of("key", VALUE, "all", VALUE))),
            new Operation("group surrogate", kv -> kv.group("group").setIfAbsent("absent", VALUE + "\uD83C")),
            new Operation("group condition", kv -> kv.group("group").compareAndSet("key", 1, VALUE, Expiry.never())),
            new Operation("group swap", kv -> kv.group("group").getAndSet("key", VALUE, Expiry.never())),
            new Operation("group update", kv -> kv.group("group").update("key", Expiry.keep(), value -> null)),
            new Operation("group increment", kv -> kv.group("group").increment("key", 1)),
            new Operation("group number", kv -> kv.group("group", Long.class).get("key")),
            new Operation("group numbers", kv -> kv.group("group", Long.class).getAll()),
            new Operation("group bytes", kv -> kv.group("group", byte[].class).get("key")),
            new Operation("group json", kv -> kv.group("group", List.class).get("key")),
            new Operation("group page", kv -> kv.group("group", UUID.class).page(KvRange.all())),
            new Operation("group codec", kv -> kv.group("group", FAILING).set("key", VALUE)),
            new Operation("groups", kv -> kv.groups("").forEach(group -> {})),
            new Operation(
                    "batch",
                    kv -> kv.batch()
                            .set(kv.group("group"), "key", VALUE)
                            .increment(kv.group("group", Long.class), "key", 1)
                            .commit()),
            new Operation("purgeExpired", KvStore::purgeExpired),
            new Operation("delete", kv -> kv.delete("group", "key")),
            new Operation("deleteGroup", kv -> kv.deleteGroup("group")),
            new Operation("set again", kv -> kv.set("group", "key", VALUE)));

    private SecretOperations() {}

    /** Runs all operations in order and returns their failures. */
    public static List<Failure> call(KvStore kv) {
        List<Failure> failures = new ArrayList<>();
        for (Operation operation : ALL) {
            try {
                operation.call().accept(kv);
            } catch (RuntimeException thrown) {
                failures.add(new Failure(operation, thrown));
            }
        }
        return failures;
    }

    /** Returns the failures whose exception contains a secret, printed or logged. */
    static List<String> leaks(List<Failure> failures) {
        return failures.stream()
                .filter(failure -> Secrets.textOf(failure.thrown()).contains(VALUE))
                .map(failure -> failure.operation().name() + ": " + Secrets.textOf(failure.thrown()))
                .toList();
    }
}
