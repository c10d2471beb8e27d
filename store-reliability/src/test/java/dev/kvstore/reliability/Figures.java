package dev.kvstore.reliability;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * The {@link Findings} of the tests of a class together, a line of each: recorded after the last of them, and not at all
 * when one of them has failed.
 */
public final class Figures implements TestWatcher, AfterAllCallback {

    private final String name;
    private final BiConsumer<String, String> record;
    private final List<String> lines = new ArrayList<>();
    private boolean failed;

    public Figures(String name) {
        this(name, Findings::record);
    }

    Figures(String name, BiConsumer<String, String> record) {
        this.name = name;
        this.record = record;
    }

    /** Adds a line, once all that it says has been asserted. */
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
