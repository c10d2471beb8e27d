package com.example.gradle;

import dev.kvstore.KvStore;
import java.time.Duration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An application that Gradle builds, with the starter as its only dependency. */
@SpringBootApplication
public class GradleApplication {

    public static void main(String[] arguments) {
        try (var context = SpringApplication.run(GradleApplication.class, arguments)) {
            KvStore store = context.getBean(KvStore.class);
            store.set("gradle", "kept", "value");
            store.set("gradle", "expired", "value", Duration.ofMillis(1));
            System.out.println("The store holds " + store.require("gradle", "kept"));
        }
    }
}
