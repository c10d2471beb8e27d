package dev.kvstore.sample;

import dev.kvstore.KvStore;
import dev.kvstore.sqlite.SqliteKvStore;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.util.unit.DataSize;

/** Runs the sample without a port, on a store in memory with a test clock. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest
@AutoConfigureMockMvc
@Import(SampleTest.StoreInMemory.class)
@interface SampleTest {

    @TestConfiguration(proxyBeanMethods = false)
    class StoreInMemory {

        @Bean
        ShiftedClock clock() {
            return new ShiftedClock();
        }

        @Bean
        KvStore store(ShiftedClock clock) {
            return SqliteKvStore.builder()
                    .inMemory()
                    .clock(clock)
                    .maxValueSize(DataSize.ofKilobytes(64))
                    .build();
        }
    }
}
