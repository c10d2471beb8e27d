package dev.kvstore.engine;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcOperations;

/** Supports no operation; a test overrides the methods that its operations need. */
public class NoDialect implements Dialect {

    @Override
    public long deleteGroup(JdbcOperations jdbc, String group) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOneStatement(Change<?> change) {
        return true;
    }

    @Override
    public Optional<String> get(JdbcOperations jdbc, String group, String key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public StoredEntry getStored(JdbcOperations jdbc, String group, String key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, String> getAll(JdbcOperations jdbc, String group) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long count(JdbcOperations jdbc, String group) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> nextGroup(JdbcOperations jdbc, Query.NextGroup query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void set(JdbcOperations jdbc, Change.Set set) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean delete(JdbcOperations jdbc, String group, String key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int purge(JdbcOperations jdbc, Instant upTo, int limit) {
        throw new UnsupportedOperationException();
    }
}
