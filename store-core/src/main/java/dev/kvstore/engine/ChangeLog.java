package dev.kvstore.engine;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * The log of changes, and who reads it, in the SQL of one database. While there is a subscription, each transaction
 * that changes entries writes to the log what it has changed, whatever process it is of; at other times it does not.
 * The order of the log is that of the commits. Groups of the store itself are not logged.
 *
 * <p>Times are those of the system's clock, or of the database server: never the store's clock, which tests move.
 *
 * <p>The methods that change something run in a transaction. {@link FeedChange} and {@link FeedQuery} describe them.
 */
public interface ChangeLog {

    Optional<FeedPosition> subscribe(JdbcOperations jdbc, FeedChange.Subscribe subscribe);

    boolean advance(JdbcOperations jdbc, FeedChange.Advance advance);

    boolean unsubscribe(JdbcOperations jdbc, FeedChange.Unsubscribe unsubscribe);

    Optional<Boolean> forget(JdbcOperations jdbc, FeedChange.Forget forget);

    int trim(JdbcOperations jdbc, FeedChange.Trim trim);

    LoggedChanges changes(JdbcOperations jdbc, FeedQuery.Changes query);

    List<String> names(JdbcOperations jdbc);

    boolean isOwnedByAnother(JdbcOperations jdbc, FeedQuery.IsOwnedByAnother query);

    boolean exists(JdbcOperations jdbc);
}
