package dev.kvstore;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A listener that keeps the changes it receives. */
public final class ReceivedChanges implements KvChangeListener {

    private static final long PATIENCE_SECONDS = 60;

    private final BlockingQueue<KvChange> received = new LinkedBlockingQueue<>();

    @Override
    public void onChange(KvChange change) {
        received.add(change);
    }

    /** Waits for the next change. */
    public KvChange next() throws InterruptedException {
        KvChange change = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (change == null) {
            throw new AssertionError("No change was delivered for " + PATIENCE_SECONDS + " seconds");
        }
        return change;
    }

    /** Waits for the change of a key, and returns those before it. */
    public List<KvChange> before(String key) throws InterruptedException {
        List<KvChange> changes = new ArrayList<>();
        while (true) {
            KvChange change = next();
            if (change.key().equals(key)) {
                return changes;
            }
            changes.add(change);
        }
    }

    /** Whether every change received so far was taken. */
    public boolean isEmpty() {
        return received.isEmpty();
    }
}
