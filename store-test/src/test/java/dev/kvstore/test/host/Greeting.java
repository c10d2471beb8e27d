package dev.kvstore.test.host;

import dev.kvstore.KvStore;
import java.time.Clock;
import java.time.Duration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
record Greeting(KvStore kv, Clock clock) {

    @GetMapping("/greeting")
    String greeting() {
        kv.set("visits", "last", clock.instant().toString(), Duration.ofDays(1));
        return kv.get("settings", "greeting").orElse("Hello");
    }
}
