/** The example of docs/sessions.md. */
@NullMarked
package dev.kvstore.session.example;

import org.jspecify.annotations.NullMarked;
