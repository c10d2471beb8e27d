package dev.kvstore.engine;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * A query of the log of changes, or of who reads it.
 *
 * @param <T> the result
 */
public sealed interface FeedQuery<T> extends Query<T> {

    /**
     * The changes of some groups.
     *
     * @param after the position of the last change that was read
     * @param groups empty for all
     * @param limit how many changes of whatever groups are read at the most
     */
    record Changes(FeedPosition after, Set<String> groups, int limit) implements FeedQuery<LoggedChanges> {

        @Override
        public LoggedChanges run(Dialect dialect, JdbcOperations jdbc) {
            return dialect.changeLog().changes(jdbc, this);
        }
    }

    /** The names of the durable subscriptions, in the order of their UTF-8 bytes. */
    record SubscriptionNames() implements FeedQuery<List<String>> {

        @Override
        public List<String> run(Dialect dialect, JdbcOperations jdbc) {
            return dialect.changeLog().names(jdbc);
        }
    }

    /** Whether another owner of a subscription was seen recently. */
    record IsOwnedByAnother(String name, long owner, Duration validity) implements FeedQuery<Boolean> {

        @Override
        public Boolean run(Dialect dialect, JdbcOperations jdbc) {
            return dialect.changeLog().isOwnedByAnother(jdbc, this);
        }
    }

    /** Whether there is a log, so that {@link FeedChange.Trim} may have something to do. */
    record IsLogged() implements FeedQuery<Boolean> {

        @Override
        public Boolean run(Dialect dialect, JdbcOperations jdbc) {
            return dialect.changeLog().exists(jdbc);
        }
    }
}
