package ipn.query;

import ipn.query.database.AsOf;
import ipn.query.database.Database;
import ipn.runtime.process.StoppableThread;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** How old answers are. Read from the tables all the time, so that it is known when nobody asks, too. */
final class AnswersAge implements AutoCloseable {
    static final Duration USUAL = Duration.ofSeconds(2);

    private final Database database;
    private final AsOf asOf;
    private final Clock clock;
    private final Duration every;
    private final StoppableThread thread = new StoppableThread("query-age", this::run);

    private AnswersAge(Database database, AsOf asOf, Clock clock, Duration every) {
        this.database = database;
        this.asOf = asOf;
        this.clock = clock;
        this.every = every;
    }

    static AnswersAge start(Database database, AsOf asOf, Clock clock, Duration every) {
        var age = new AnswersAge(database, asOf, clock, every);
        age.thread.start();
        return age;
    }

    private void run() {
        do {
            var unused = isKnown();
        } while (!thread.isClosing(every));
    }

    /** Reads it now; false while the tables are built for the first time, or cannot be read. */
    boolean isKnown() {
        try (var connection = database.read()) {
            var complete = asOf.read(connection).isPresent();
            connection.rollback();
            return complete;
        } catch (SQLException | RuntimeException e) {
            return false; // answers get older meanwhile; the reader says what is wrong
        }
    }

    /** As of what was read last; empty while the tables are built for the first time. */
    Optional<Duration> age() {
        return asOf.newest().map(complete -> Duration.between(complete, clock.instant()));
    }

    /** As {@link #age}, in seconds; not a number if there is none. */
    double seconds() {
        return age().map(age -> age.toMillis() / 1e3).orElse(Double.NaN);
    }

    @Override
    public void close() {
        thread.close();
    }
}
