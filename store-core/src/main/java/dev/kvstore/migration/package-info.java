/** Migrations with Flyway in an application that may use Flyway itself. No API of applications. */
@NullMarked
package dev.kvstore.migration;

import org.jspecify.annotations.NullMarked;
