package dev.kvstore.jdbc;

import java.util.Map;
import org.springframework.jdbc.core.JdbcOperations;

/** How an engine reads a group. */
@FunctionalInterface
public interface GroupQuery {

    /** The live entries of a group at one moment, in the order of the keys' UTF-8 bytes. */
    Map<String, String> entries(JdbcOperations jdbc, String group, long now);
}
