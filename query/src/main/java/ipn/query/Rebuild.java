package ipn.query;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.polling.Polling;
import ipn.query.database.AsOf;
import ipn.query.database.Database;
import ipn.query.reader.ModelReader;
import ipn.query.reader.Positions;
import ipn.query.reader.ReaderMetrics;
import ipn.query.reader.TopicExtent;
import ipn.topics.KafkaSettings;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Builds the read model again: deletes it, and waits until it is complete. If a stage runs, that stage reads; else this program does. Meanwhile
 * questions are answered with 503.
 */
public final class Rebuild {
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final Duration SHOWN = Duration.ofMillis(250);

    private Rebuild() {}

    /**
     * How far it is.
     *
     * @param records passed in the topics, transaction markers included
     * @param total those that there were at the beginning
     */
    public record Step(long records, long total, boolean complete, Duration elapsed) {
        /** Records in one second, so far. */
        public long perSecond() {
            return records * 1_000 / Math.max(1, elapsed.toMillis());
        }
    }

    /** Deletes, builds, and returns the last step. */
    public static Step run(QuerySettings settings, KafkaSettings kafka, Clock clock, Consumer<Step> progress)
            throws SQLException {
        var extent = TopicExtent.read(kafka, settings.indexed());
        try (var database = Database.open(settings.database())) {
            database.drop();
            var startedAt = System.nanoTime();
            var metrics = new ReaderMetrics(new SimpleMeterRegistry());
            var reader = ModelReader.start(database, kafka, settings.indexed(), metrics, clock);
            try {
                var last = new AtomicReference<>(new Step(0, extent.total(), false, Duration.ZERO));
                var unused = Polling.upTo(LONGEST).every(SHOWN).until(() -> {
                    var elapsed = Duration.ofNanos(System.nanoTime() - startedAt);
                    var step = last.updateAndGet(before -> step(database, extent, before, elapsed));
                    progress.accept(step);
                    return step.complete();
                });
                return Objects.requireNonNull(last.get());
            } finally {
                reader.close();
            }
        }
    }

    private static Step step(Database database, TopicExtent extent, Step before, Duration elapsed) {
        try (var connection = database.read()) {
            var complete = new AsOf().read(connection).isPresent();
            var passed = extent.passed(Positions.read(connection));
            connection.rollback();
            return new Step(passed, extent.total(), complete, elapsed);
        } catch (SQLException e) {
            return new Step(before.records(), extent.total(), false, elapsed); // the tables are not there yet
        }
    }
}
