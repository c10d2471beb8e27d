package dev.kvstore.reliability;

import dev.kvstore.KvLimitException;
import dev.kvstore.KvTemplateException;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** What came of a rendering, as the files of hostile templates write it. */
record Outcome(String text, boolean refused) {

    static final String UNEXPECTED = "unexpected ";

    /** The outcome of rendering a template, where any exception that is not documented is unexpected. */
    static Outcome of(
            BiFunction<String, Map<String, String>, String> renderer, String template, Map<String, String> group) {
        return of(() -> renderer.apply(template, group));
    }

    static Outcome of(Supplier<String> rendering) {
        try {
            return new Outcome("output\n" + rendering.get(), false);
        } catch (KvTemplateException refused) {
            return refused(refused.kind().name(), refused);
        } catch (KvLimitException limited) {
            return refused("LIMIT", limited);
        } catch (IllegalArgumentException illegal) {
            return refused("ILLEGAL", illegal);
        } catch (Throwable other) {
            return new Outcome(UNEXPECTED + other, true);
        }
    }

    /** The message, without the place, which tells nothing. */
    private static Outcome refused(String kind, RuntimeException refused) {
        if (refused.getCause() != null || refused.getSuppressed().length > 0) {
            return new Outcome(UNEXPECTED + "cause of " + refused, true);
        }
        String message = String.valueOf(refused.getMessage()).replaceFirst(" at line \\d+, column \\d+", "");
        return new Outcome("refused " + kind + " " + message.replaceFirst("at index \\d+", "at an index"), true);
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
