package dev.kvstore.reliability.history;

import dev.kvstore.KvStore;
import dev.kvstore.reliability.history.Event.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads and unconditional writes of registers; a register is a group with one key. */
final class Registers implements RecordedWorkload<Event> {

    static final String NAME = "registers";

    private static final int REGISTERS = 3;
    private static final String KEY = "key";
    private static final Duration MILLISECOND = Duration.ofMillis(1);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Client<Event> client(int client) {
        return (kv, round, number, random) -> {
            String register = round + "." + random.nextInt(REGISTERS);
            // No two sets write the same value, so that a read identifies the set.
            return call(kv, client, register, client + "." + number, random.nextInt(18));
        };
    }

    @Override
    public Event parse(String line) {
        return Event.parse(line);
    }

    @Override
    public List<String> violations(List<Event> history) {
        return Linearizability.violations(history, Optional.empty());
    }

    @Override
    public KvStore withFlaw(String flaw, KvStore sound) {
        return Flaw.valueOf(flaw).apply(sound);
    }

    private static Event call(KvStore kv, int client, String register, String value, int choice) {
        Kind kind = choice < 7 ? Kind.READ : choice < 9 ? Kind.EXISTS : choice < 16 ? Kind.SET : Kind.DELETE;
        boolean hasExpired = choice == 15;
        long invoked = System.nanoTime();
        Optional<String> answer = switch (choice) {
            case 0, 1, 2, 3, 4 -> kv.get(register, KEY);
            case 5, 6 -> Optional.ofNullable(kv.getAll(register).get(KEY));
            case 7, 8 -> Event.present(kv.count(register) == 1);
            case 9, 10, 11, 12 -> set(() -> kv.set(register, KEY, value));
            case 13, 14 -> set(() -> kv.set(register, KEY, value, MILLISECOND));
            case 15 -> set(() -> setExpired(kv, register, value));
            case 16 -> Event.present(kv.delete(register, KEY));
            default -> Event.present(kv.deleteGroup(register) == 1);
        };
        long returned = System.nanoTime();
        return new Event(
                client, register, kind, hasExpired ? Optional.empty() : Optional.of(value), answer, invoked, returned);
    }

    // It expires at the present time, so that it is already expired.
    private static void setExpired(KvStore kv, String register, String value) {
        StandingClock.CLOCK.ahead(MILLISECOND.negated(), () -> kv.set(register, KEY, value, MILLISECOND));
    }

    private static Optional<String> set(Runnable call) {
        call.run();
        return Optional.empty();
    }
}
