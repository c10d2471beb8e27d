/** The store in the tests of a Spring Boot application. */
@org.jspecify.annotations.NullMarked
package dev.kvstore.test.autoconfigure;
