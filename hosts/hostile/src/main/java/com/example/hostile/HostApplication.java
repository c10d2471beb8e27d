package com.example.hostile;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * An application with everything that a store could interfere with: a database with JPA, a Flyway migration that uses
 * the store, web pages rendered by Thymeleaf, health, and jobs that are deliberately not scheduled.
 */
@SpringBootApplication
class HostApplication {}
