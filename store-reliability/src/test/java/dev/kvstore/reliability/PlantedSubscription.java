package dev.kvstore.reliability;

import dev.kvstore.KvChange;
import dev.kvstore.KvChangeListener;
import dev.kvstore.KvChanges;
import dev.kvstore.reliability.ListenerWorker.Flaw;
import dev.kvstore.sqlite.Foreign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** A durable subscription that reads the log of changes itself, with one flaw. Its position is in a file of its own. */
final class PlantedSubscription {

    /** A subscription of the store that never gets further, so that the log is kept. */
    private static final String KEEPS_THE_LOG = "keeps the log";

    private static final long PAUSE_NANOS = 1_000_000;

    private record Row(long position, KvChange change) {

        static Row parse(String line) {
            String[] words = line.split("\t", -1);
            KvChange.Kind kind = switch (words[1]) {
                case "1" -> KvChange.Kind.SET;
                case "2" -> KvChange.Kind.DELETED;
                default -> KvChange.Kind.EXPIRED;
            };
            return new Row(Long.parseLong(words[0]), new KvChange(kind, words[2], words[3], Long.parseLong(words[4])));
        }

        String name() {
            return change.group() + "/" + change.key();
        }
    }

    private final Flaw flaw;
    private final Foreign log;
    private final Path file;
    private long position;

    private PlantedSubscription(Flaw flaw, Foreign log, Path file) {
        this.flaw = flaw;
        this.log = log;
        this.file = file;
    }

    static PlantedSubscription open(Flaw flaw, Path database, KvChanges changes) throws IOException, SQLException {
        if (changes.names().noneMatch(KEEPS_THE_LOG::equals)) {
            changes.subscribe(KEEPS_THE_LOG, Set.of("unused"), change -> {}).close();
        }
        Path file = database.resolveSibling("position");
        PlantedSubscription planted = new PlantedSubscription(flaw, Foreign.open(database), file);
        if (flaw == Flaw.FORGETS_THE_POSITION) {
            planted.position = Long.parseLong(planted.log
                    .query("SELECT coalesce(max(position), 0) FROM kv_change")
                    .get(0));
        } else if (Files.exists(file)) {
            planted.position = Long.parseLong(Files.readString(file));
        }
        return planted;
    }

    /** Delivers to the listener until the process is killed. */
    void deliver(Set<String> groups, KvChangeListener listener) throws IOException, SQLException {
        while (true) {
            List<Row> rows = read();
            long last = rows.stream().mapToLong(Row::position).max().orElse(position);
            if (flaw == Flaw.STORES_THE_POSITION_FIRST) {
                store(last);
            }
            for (Row row : flawed(rows)) {
                if (groups.contains(row.change().group())) {
                    listener.onChange(row.change());
                }
            }
            store(last);
            if (rows.isEmpty()) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private List<Row> read() throws SQLException {
        return log
                .query("SELECT position || char(9) || kind || char(9) || grp || char(9) || key || char(9) || version"
                        + " FROM kv_change WHERE position > " + position + " ORDER BY position LIMIT 200")
                .stream()
                .map(Row::parse)
                .toList();
    }

    private List<Row> flawed(List<Row> rows) {
        List<Row> flawed = new ArrayList<>(rows);
        switch (flaw) {
            case DELIVERS_ONLY_THE_LAST_CHANGE_OF_AN_ENTRY -> {
                Map<String, Row> last = new HashMap<>();
                rows.forEach(row -> last.put(row.name(), row));
                flawed.removeIf(row -> !row.equals(last.get(row.name())));
            }
            case READS_IN_THE_ORDER_OF_THE_NAMES ->
                flawed.sort((one, other) -> one.name().compareTo(other.name()));
            case FORGETS_DELETIONS -> flawed.removeIf(row -> row.change().kind() == KvChange.Kind.DELETED);
            default -> {}
        }
        return flawed;
    }

    private void store(long delivered) throws IOException {
        if (delivered != position) {
            Path next = file.resolveSibling("next-position");
            Files.writeString(next, Long.toString(delivered));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            position = delivered;
        }
    }
}
