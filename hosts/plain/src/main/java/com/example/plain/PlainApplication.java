package com.example.plain;

import dev.kvstore.KvStore;
import java.time.Duration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A web application with the starter and a web server, and nothing else. */
@SpringBootApplication
@RestController
class PlainApplication {

    private final KvStore store;

    PlainApplication(KvStore store) {
        this.store = store;
    }

    public static void main(String[] arguments) {
        try (var context = SpringApplication.run(PlainApplication.class, arguments)) {
            KvStore store = context.getBean(KvStore.class);
            store.set("plain", "kept", "value");
            store.set("plain", "expired", "value", Duration.ofMillis(1));
            System.out.println("The store holds " + store.getClass().getSimpleName() + " "
                    + store.get("plain", "kept").orElseThrow());
        }
    }

    @GetMapping("/")
    long visit() {
        store.set("visits", "visit-" + store.count("visits"), "");
        return store.count("visits");
    }
}
