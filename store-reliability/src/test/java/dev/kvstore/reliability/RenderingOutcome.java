package dev.kvstore.reliability;

import dev.kvstore.KvLimitException;
import dev.kvstore.KvTemplateException;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** The result of a rendering, in the format of the files with hostile templates. */
record RenderingOutcome(String text, boolean refused) {

    static final String UNEXPECTED = "unexpected ";

    /** Renders a template; any undocumented exception is unexpected. */
    static RenderingOutcome of(
            BiFunction<String, Map<String, String>, String> renderer, String template, Map<String, String> group) {
        return of(() -> renderer.apply(template, group));
    }

    static RenderingOutcome of(Supplier<String> rendering) {
        try {
            return new RenderingOutcome("output\n" + rendering.get(), false);
        } catch (KvTemplateException refused) {
            return refused(refused.kind().name(), refused);
        } catch (KvLimitException limited) {
            return refused("LIMIT", limited);
        } catch (IllegalArgumentException illegal) {
            return refused("ILLEGAL", illegal);
        } catch (Throwable other) {
            return new RenderingOutcome(UNEXPECTED + other, true);
        }
    }

    /** The message without the line and column, which do not matter. */
    private static RenderingOutcome refused(String kind, RuntimeException refused) {
        if (refused.getCause() != null || refused.getSuppressed().length > 0) {
            return new RenderingOutcome(UNEXPECTED + "cause of " + refused, true);
        }
        String message = String.valueOf(refused.getMessage()).replaceFirst(" at line \\d+, column \\d+", "");
        return new RenderingOutcome(
                "refused " + kind + " " + message.replaceFirst("at index \\d+", "at an index"), true);
    }

    String output() {
        return refused ? "" : text.substring("output\n".length());
    }

    boolean unexpected() {
        return text.startsWith(UNEXPECTED);
    }

    @Override
    public String toString() {
        return text;
    }
}
