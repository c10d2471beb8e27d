package dev.kvstore.postgresql;

import java.util.ArrayDeque;
import java.util.Deque;

/** Schemas on the shared server, used one after the other: to empty one is faster than to create it. */
public final class EmptySchemas {

    /** The database that contains them. */
    public static final String DATABASE = "postgres";

    private static final Deque<String> FREE = new ArrayDeque<>();
    private static int created;

    private EmptySchemas() {}

    /** The URL of the database. */
    public static String url() {
        return PostgresServer.shared().url(DATABASE);
    }

    /** Returns the name of a schema that is empty, or that the first store in it creates. */
    public static synchronized String take() {
        String free = FREE.poll();
        if (free == null) {
            created++;
            return "store_" + created;
        }
        PostgresServer.shared().execute(DATABASE, "TRUNCATE " + free + ".kv");
        return free;
    }

    /** Gives a schema back. */
    public static synchronized void giveBack(String schema) {
        FREE.push(schema);
    }
}
