package dev.kvstore.sample;

import dev.kvstore.KvStore;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/** Fills a new store with an example. Later changes and deletions by the user are kept. */
@Component
class ExampleOrder implements ApplicationRunner {

    static final String TEMPLATE = """
            Dear [(${customer} ?: 'friend')],

            your order "[(${item} ?: 'surprise')]" arrives on [(${arrives} ?: 'some day')].
            [# th:if="${gift}"]It is wrapped as a gift.
            [/]
            What we noted:
            [# th:each="e : ${#all}"]  - [(${e.key})]: [(${e.value})]
            [/]""";

    private final KvStore kv;

    ExampleOrder(KvStore kv) {
        this.kv = kv;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (kv.get("sample", "visits").isPresent()) {
            return;
        }
        kv.set("order", "customer", "Ada Lovelace");
        kv.set("order", "item", "Analytical Engine, brass");
        kv.set("order", "arrives", "Friday");
        kv.set("order", "gift", "yes");
        kv.set("sample", "visits", "0");
    }
}
