package dev.kvstore.postgresql;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** What the administrator sees of the sessions of stores, and does to them. */
final class Sessions {

    private static final String WAITING =
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'kvstore' AND wait_event = ?";
    private static final String OF_WAITING =
            " FROM pg_stat_activity WHERE application_name = 'kvstore' AND wait_event IN ('transactionid', 'SyncRep')";

    /** The common pool has a single thread on two processors, and these calls wait for one another. */
    static final Executor OWN_THREAD = task -> new Thread(task).start();

    private Sessions() {}

    /** Calls a store in another thread, and returns once its statement waits for something. */
    static <T> CompletableFuture<T> callUntilItWaitsFor(String event, Supplier<T> call) {
        CompletableFuture<T> result = CompletableFuture.supplyAsync(call, OWN_THREAD);
        await().until(() -> count(event) > 0 || result.isDone());
        return result;
    }

    static long count(String event) throws SQLException {
        try (Connection connection = PostgresServer.shared().connect(EmptySchemas.DATABASE);
                PreparedStatement statement = connection.prepareStatement(WAITING)) {
            statement.setString(1, event);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    static void terminateWaiting() {
        PostgresServer.shared().execute(EmptySchemas.DATABASE, "SELECT pg_terminate_backend(pid)" + OF_WAITING);
    }

    static void cancelWaiting() {
        PostgresServer.shared().execute(EmptySchemas.DATABASE, "SELECT pg_cancel_backend(pid)" + OF_WAITING);
    }

    static void terminateAll(String database) {
        PostgresServer.shared()
                .execute(
                        EmptySchemas.DATABASE,
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'kvstore'"
                                + " AND datname = '" + database + "'");
    }
}
