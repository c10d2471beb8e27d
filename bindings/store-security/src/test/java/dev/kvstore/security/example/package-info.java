/** The example of docs/security-tokens.md. */
@NullMarked
package dev.kvstore.security.example;

import org.jspecify.annotations.NullMarked;
