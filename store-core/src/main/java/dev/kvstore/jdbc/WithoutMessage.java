package dev.kvstore.jdbc;

import org.jspecify.annotations.Nullable;

/** The types and stack traces of an exception and its causes, without their messages, which may contain values. */
final class WithoutMessage extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int DEEPEST = 10;

    WithoutMessage(Throwable failure) {
        this(failure, DEEPEST);
    }

    private WithoutMessage(Throwable failure, int deepest) {
        super(failure.getClass().getName(), cause(failure, deepest), false, true);
        setStackTrace(failure.getStackTrace());
    }

    private static @Nullable Throwable cause(Throwable failure, int deepest) {
        return failure.getCause() == null || deepest == 0 ? null : new WithoutMessage(failure.getCause(), deepest - 1);
    }
}
