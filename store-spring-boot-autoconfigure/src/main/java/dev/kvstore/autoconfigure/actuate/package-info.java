/**
 * What Spring Boot's actuator shows of a store: health, meters, observations and an endpoint.
 */
@NullMarked
package dev.kvstore.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
