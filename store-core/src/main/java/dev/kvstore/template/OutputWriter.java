package dev.kvstore.template;

import dev.kvstore.engine.Utf8;
import java.io.Writer;
import java.nio.CharBuffer;

/** Collects the output up to a maximum length in UTF-8 bytes, and until a deadline. */
final class OutputWriter extends Writer {

    private final StringBuilder output = new StringBuilder();
    private final TemplateLimits limits;
    private final Deadline deadline;
    private long bytes;

    OutputWriter(TemplateLimits limits, Deadline deadline) {
        this.limits = limits;
        this.deadline = deadline;
    }

    @Override
    public void write(char[] characters, int offset, int length) {
        add(CharBuffer.wrap(characters, offset, length), 0, length);
    }

    @Override
    public void write(String text) {
        add(text, 0, text.length());
    }

    @Override
    public void write(String text, int offset, int length) {
        add(text, offset, length);
    }

    private void add(CharSequence text, int offset, int length) {
        // A character takes at least one byte, so that longer text need not be measured.
        if (length > limits.maxOutput() - bytes) {
            throw limits.outputTooLong();
        }
        int last = offset + length;
        for (int start = offset; start < last; start += Deadline.CHARACTERS_BETWEEN_CHECKS) {
            int end = Math.min(last, start + Deadline.CHARACTERS_BETWEEN_CHECKS);
            bytes += Utf8.length(text, start, end);
            if (bytes > limits.maxOutput()) {
                throw limits.outputTooLong();
            }
            deadline.spend(end - start);
            output.append(text, start, end);
        }
    }

    @Override
    public String toString() {
        return output.toString();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
