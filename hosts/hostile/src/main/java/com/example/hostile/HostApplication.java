package com.example.hostile;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * An application that has everything a store could get in the way of: a database with JPA, a Flyway with a migration that
 * uses the store, web pages by Thymeleaf, health, and jobs that are meant to sleep.
 */
@SpringBootApplication
class HostApplication {}
