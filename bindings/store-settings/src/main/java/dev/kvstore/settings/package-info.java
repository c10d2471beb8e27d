/**
 * Groups of a store as configuration of the application, and as live typed settings.
 */
@NullMarked
package dev.kvstore.settings;

import org.jspecify.annotations.NullMarked;
