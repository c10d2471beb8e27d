package dev.kvstore.reliability;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Records the {@link Findings} of all tests of a class together, one line per test: after the last test, and only if
 * none has failed.
 */
public final class ClassFindings implements TestWatcher, AfterAllCallback {

    private final String name;
    private final BiConsumer<String, String> record;
    private final List<String> lines = new ArrayList<>();
    private boolean failed;

    public ClassFindings(String name) {
        this(name, Findings::record);
    }

    ClassFindings(String name, BiConsumer<String, String> record) {
        this.name = name;
        this.record = record;
    }

    /** Adds a line, after all its claims have been asserted. */
    public void add(String line) {
        lines.add(line);
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        failed = true;
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (!failed && !lines.isEmpty()) {
            record.accept(name, String.join("\n", lines));
        }
    }
}
