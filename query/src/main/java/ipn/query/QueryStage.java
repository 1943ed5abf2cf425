package ipn.query;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.query.conservation.ConservationWatch;
import ipn.query.database.AsOf;
import ipn.query.database.Database;
import ipn.query.http.QueryServer;
import ipn.query.http.Records;
import ipn.query.open.EntitlementCounts;
import ipn.query.open.OpenCases;
import ipn.query.reader.ModelReader;
import ipn.query.reader.ReaderMetrics;
import ipn.runtime.metrics.Metric;
import ipn.runtime.process.Closing;
import ipn.topics.KafkaSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stage: one thread reads the topics into the tables, others answer questions from them. */
public final class QueryStage implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QueryStage.class);
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final Closing closing = new Closing();
    private final AnswersAge age;
    private final QueryServer server;

    private QueryStage(QuerySettings settings, KafkaSettings kafka, MeterRegistry meters, Clock clock) {
        var database = closing.add("database", Database.open(settings.database()));
        var asOf = new AsOf();
        try {
            closing.add(
                    "reader", ModelReader.start(database, kafka, settings.indexed(), new ReaderMetrics(meters), clock));
            closing.add("open cases", OpenCases.start(database, meters));
            closing.add("entitlements", EntitlementCounts.start(database, settings.products(), meters));
            closing.add("conservation", ConservationWatch.start(kafka, settings.conservation(), meters, clock));
            var workers = settings.database().connections();
            var records = closing.add("records", new Records(kafka, settings.indexed(), workers, clock));
            server = closing.add(
                    "server", QueryServer.start(settings.listen(), workers, database, asOf, records, meters, clock));
            closing.add("watch of the settings", settings.listen().watch(server::serve, meters));
            age = closing.add("age of answers", AnswersAge.start(database, asOf, clock, AnswersAge.USUAL));
            Metric.QUERY_AGE_SECONDS.gauge(meters, age, AnswersAge::seconds);
        } catch (RuntimeException e) {
            closing.close();
            throw e;
        }
        LOG.atInfo().addKeyValue("port", server.port()).log("Query started");
    }

    /** Starts to read and to listen. Until the tables are built for the first time it is not {@link #ready()}. */
    static QueryStage start(QuerySettings settings, KafkaSettings kafka, MeterRegistry meters, Clock clock) {
        return new QueryStage(settings, kafka, meters, clock);
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /** True while questions can be answered, however old the answers are. */
    public boolean ready() {
        return age.isKnown();
    }

    /** How old answers are, if they are. */
    public Optional<String> note() {
        return age.age()
                .filter(time -> time.compareTo(FRESH) > 0)
                .map(time -> "answers are %d s old".formatted(time.toSeconds()));
    }

    @Override
    public void close() {
        closing.close();
    }
}
