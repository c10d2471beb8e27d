package dev.kvstore.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A connection outside the store, which does to the file what another program would. */
public final class Foreign implements AutoCloseable {

    private final Connection connection;

    private Foreign(Connection connection) {
        this.connection = connection;
    }

    public static Foreign open(Path file) throws SQLException {
        return new Foreign(DriverManager.getConnection("jdbc:sqlite:" + file));
    }

    public Foreign execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return this;
    }

    /** Executes a statement with text parameters, which the driver does not log. */
    public Foreign executeWith(String sql, String... texts) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < texts.length; i++) {
                statement.setString(i + 1, texts[i]);
            }
            statement.execute();
        }
        return this;
    }

    /** Returns the first column of all rows, as text. */
    public List<String> query(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
