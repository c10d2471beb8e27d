package dev.kvstore.engine;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcOperations;

/** The log of an engine that has none, so that nobody can subscribe. */
enum NoChangeLog implements ChangeLog {
    INSTANCE;

    @Override
    public Optional<FeedPosition> subscribe(JdbcOperations jdbc, FeedChange.Subscribe subscribe) {
        throw unsupported();
    }

    @Override
    public boolean advance(JdbcOperations jdbc, FeedChange.Advance advance) {
        throw unsupported();
    }

    @Override
    public boolean unsubscribe(JdbcOperations jdbc, FeedChange.Unsubscribe unsubscribe) {
        throw unsupported();
    }

    @Override
    public Optional<Boolean> forget(JdbcOperations jdbc, FeedChange.Forget forget) {
        throw unsupported();
    }

    @Override
    public int trim(JdbcOperations jdbc, FeedChange.Trim trim) {
        throw unsupported();
    }

    @Override
    public LoggedChanges changes(JdbcOperations jdbc, FeedQuery.Changes query) {
        throw unsupported();
    }

    @Override
    public List<String> names(JdbcOperations jdbc) {
        throw unsupported();
    }

    @Override
    public boolean isOwnedByAnother(JdbcOperations jdbc, FeedQuery.IsOwnedByAnother query) {
        throw unsupported();
    }

    @Override
    public boolean exists(JdbcOperations jdbc) {
        return false;
    }

    private static UnsupportedOperationException unsupported() {
        return new UnsupportedOperationException("This engine has no log of changes, so nobody can subscribe");
    }
}
