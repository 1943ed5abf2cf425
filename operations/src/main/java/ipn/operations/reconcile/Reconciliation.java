package ipn.operations.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.PaymentState;
import ipn.gateway.GatewayAccount;
import ipn.operations.reconcile.match.Comparison;
import ipn.operations.reconcile.match.Finding;
import ipn.operations.reconcile.match.LineChoice;
import ipn.operations.reconcile.match.ReportMatcher;
import ipn.operations.reconcile.report.ReportException;
import ipn.operations.reconcile.report.ReportFile;
import ipn.operations.topic.Progress;
import ipn.operations.topic.StalledException;
import ipn.operations.topic.TopicReader;
import ipn.serde.AvroSerdes;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.util.function.Consumer;

/** Compares a gateway's report with the payment state that is committed when the comparison begins. */
public final class Reconciliation {
    private final KafkaSettings kafka;
    private final AvroSerdes serdes;

    public Reconciliation(KafkaSettings kafka, AvroSerdes serdes) {
        this.kafka = kafka;
        this.serdes = serdes;
    }

    /**
     * What to compare.
     *
     * @param choice which lines of the report, and facts of which time and payment
     * @param examplesMax how many findings of each class the result contains
     */
    public record Request(ReportFile report, LineChoice choice, int examplesMax) {
        GatewayAccount account() {
            return report.account();
        }
    }

    /** The comparison, and what an injection needs to write what payment state lacks. */
    public record Result(Comparison comparison, Request request, ReportMatcher matcher) {}

    /**
     * Reads all payments of the account, then the report.
     *
     * @param findings receives all findings; those about lines come in the order of the report
     * @throws ReportException if the report does not match its layout
     * @throws StalledException if not all payments could be read
     */
    public Result run(Request request, Consumer<Finding> findings, Progress progress) {
        var matcher = new ReportMatcher(request.account().id(), request.choice(), request.examplesMax(), findings);
        try (var reader = TopicReader.open(kafka);
                var values = serdes.deserializer(PaymentState.class)) {
            var topic = kafka.topics().name(TopicCatalogue.PAYMENTS);
            reader.read(reader.all(topic), "reading payments", progress, record -> {
                var key = record.key() == null ? "" : new String(record.key(), UTF_8);
                if (!matcher.accepts(key)) {
                    return;
                }
                if (record.value() == null) {
                    matcher.removeState(key);
                } else {
                    matcher.addState(values.deserialize(topic, record.value()));
                }
            });
        }
        request.report().read((done, total) -> progress.at("reading the report", done, total), matcher::addLine);
        return new Result(matcher.compare(), request, matcher);
    }
}
