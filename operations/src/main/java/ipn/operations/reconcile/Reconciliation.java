package ipn.operations.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.PaymentState;
import ipn.gateway.GatewayAccount;
import ipn.operations.reconcile.match.Comparison;
import ipn.operations.reconcile.match.Finding;
import ipn.operations.reconcile.match.ReportMatcher;
import ipn.operations.reconcile.report.ReportException;
import ipn.operations.reconcile.report.ReportFile;
import ipn.operations.topic.Progress;
import ipn.operations.topic.StalledException;
import ipn.operations.topic.TopicReader;
import ipn.serde.AvroSerdes;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Holds a gateway's report against payment state, as it is committed when it begins. */
public final class Reconciliation {
    private final KafkaSettings kafka;
    private final AvroSerdes serdes;

    public Reconciliation(KafkaSettings kafka, AvroSerdes serdes) {
        this.kafka = kafka;
        this.serdes = serdes;
    }

    /**
     * What is held against what.
     *
     * @param since the beginning of what the report covers; empty: its first line
     * @param until its end; empty: its last line
     * @param examplesMax findings of each class to keep
     */
    public record Order(ReportFile report, Optional<Instant> since, Optional<Instant> until, int examplesMax) {
        GatewayAccount account() {
            return report.account();
        }
    }

    /** What came of it, and what is needed to write what is missing here. */
    public record Result(Comparison comparison, Order order, ReportMatcher matching) {}

    /**
     * Reads all payments of the account, then the report.
     *
     * @param findings hears each, in the order of the report as far as they are about lines
     * @throws ReportException if the report is not as its layout says
     * @throws StalledException when not all payments could be read
     */
    public Result run(Order order, Consumer<Finding> findings, Progress progress) {
        var matching =
                new ReportMatcher(order.account().id(), order.since(), order.until(), order.examplesMax(), findings);
        try (var reader = TopicReader.open(kafka);
                var values = serdes.deserializer(PaymentState.class)) {
            var topic = kafka.topics().name(TopicCatalogue.PAYMENTS);
            reader.read(reader.all(topic), "reading payments", progress, record -> {
                var key = record.key() == null ? "" : new String(record.key(), UTF_8);
                if (!matching.concerns(key)) {
                    return;
                }
                if (record.value() == null) {
                    matching.gone(key);
                } else {
                    matching.state(values.deserialize(topic, record.value()));
                }
            });
        }
        order.report().read((done, total) -> progress.at("reading the report", done, total), matching::line);
        return new Result(matching.compare(), order, matching);
    }
}
