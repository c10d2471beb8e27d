package dev.kvstore.sample;

import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Start here. The store needs no code: with the starter on the class path, a {@code KvStore} can be injected. */
@SpringBootApplication
public class SampleApplication {

    public static void main(String[] args) {
        String port = SpringApplication.run(SampleApplication.class, args)
                .getEnvironment()
                .getProperty("local.server.port");
        LoggerFactory.getLogger(SampleApplication.class).info("Open http://127.0.0.1:{}/ (stop with Ctrl-C)", port);
    }
}
