package dev.kvstore.test.host;

import java.time.Clock;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** An application that keeps its state in the store and has its own clock. */
@SpringBootApplication
class ClockApplication {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
