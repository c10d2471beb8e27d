package dev.kvstore.test.example;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The application of the examples. */
@SpringBootApplication
class ExampleApplication {}
