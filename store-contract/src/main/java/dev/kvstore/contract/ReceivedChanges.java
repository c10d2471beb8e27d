package dev.kvstore.contract;

import dev.kvstore.KvChange;
import dev.kvstore.KvChangeListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A listener that keeps the changes it receives. */
final class ReceivedChanges implements KvChangeListener {

    private static final long PATIENCE_SECONDS = 30;

    private final BlockingQueue<KvChange> received = new LinkedBlockingQueue<>();

    @Override
    public void onChange(KvChange change) {
        received.add(change);
    }

    /** Waits for the next change. */
    KvChange next() {
        KvChange change;
        try {
            change = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        if (change == null) {
            throw new AssertionError("No change was delivered for " + PATIENCE_SECONDS + " seconds");
        }
        return change;
    }

    /** Waits for a number of changes. */
    List<KvChange> next(int number) {
        List<KvChange> changes = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            changes.add(next());
        }
        return changes;
    }

    /** Waits for the change of a key, and returns those before it. */
    List<KvChange> before(String key) {
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
    boolean isEmpty() {
        return received.isEmpty();
    }
}
