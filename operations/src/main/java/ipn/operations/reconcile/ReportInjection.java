package ipn.operations.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.Decision;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import ipn.gateway.GatewayAccount;
import ipn.operations.Operator;
import ipn.operations.decision.DecisionWriter;
import ipn.operations.reconcile.InjectionPlan.PlannedRecord;
import ipn.operations.reconcile.match.MissingFact;
import ipn.operations.reconcile.report.LineKind;
import ipn.operations.reconcile.report.ParsedLine;
import ipn.operations.topic.ExclusiveWriter;
import ipn.operations.topic.Progress;
import ipn.operations.topic.ToolRecords;
import ipn.operations.topic.TopicReader;
import ipn.operations.topic.WriteFailure;
import ipn.report.ReportLine;
import ipn.report.ReportLines;
import ipn.seal.Sealer;
import ipn.serde.AvroSerdes;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes captures and refunds that a report has and payment state does not have to {@code ipn.raw}, as records of a type of their own. A
 * line has the same event key in every injection, so that injecting it again changes nothing. A notification that arrives later carries
 * the same facts, which merge.
 */
public final class ReportInjection {
    /** Only one injection runs at a time. */
    private static final String TASK = "reconcile";

    private static final int BATCH_RECORDS_MAX = 500;

    private final KafkaSettings kafka;
    private final AvroSerdes serdes;
    private final Clock clock;
    private final ToolRecords records;

    /** @param sealer seals what is written; empty: without a seal */
    public ReportInjection(KafkaSettings kafka, AvroSerdes serdes, Clock clock, Optional<Sealer> sealer) {
        this.kafka = kafka;
        this.serdes = serdes;
        this.clock = clock;
        this.records = new ToolRecords(kafka, clock, sealer, ReportLine.CONTENT_TYPE, ReportLines.WRITTEN_BY);
    }

    /**
     * What an injection wrote.
     *
     * @param records number of committed records
     * @param payments the first of their payment keys
     * @param decisionId id of the decision of the person; empty if nothing was written
     * @param stopped why it ended early; what was committed stays, and the injection can be run again
     */
    public record Written(long records, List<String> payments, Optional<String> decisionId, Optional<String> stopped) {}

    /** Reads the report again, and writes nothing. Users whom only the order of a line names are found in {@code ipn.orders}. */
    public InjectionPlan plan(Reconciliation.Result result, Progress progress) {
        var counts = new long[LineKind.values().length];
        var first = new ArrayList<PlannedRecord>();
        each(result, progress, missing -> {
            counts[missing.line().kind().ordinal()]++;
            if (first.size() < InjectionPlan.FIRST_MAX) {
                first.add(planned(missing, result.request().account()));
            }
        });
        return new InjectionPlan(
                counts[LineKind.CAPTURE.ordinal()],
                counts[LineKind.REFUND.ordinal()],
                new SubjectsOfOrders(kafka, serdes).addTo(first, progress));
    }

    /** The decision that {@link #write} records, without what was shown. */
    public Decision.Builder draft(Reconciliation.Result result, InjectionPlan plan, Operator who) {
        return InjectionDecision.draft(result, plan, who, clock.instant());
    }

    /**
     * Reads the report again, and writes what payment state does not have in transactions of at most {@value #BATCH_RECORDS_MAX}; the
     * decision with the first of them.
     */
    public Written write(Reconciliation.Result result, Decision decision, Operator who, Progress progress) {
        var batch = new Batch(decision);
        try (var writer = ExclusiveWriter.open(kafka, TASK);
                var decisions = serdes.serializer(Decision.class);
                var reader = TopicReader.open(kafka)) {
            each(result, progress, missing -> {
                batch.pending.add(record(missing, result, who));
                if (batch.pending.size() == BATCH_RECORDS_MAX) {
                    batch.commit(writer, decisions);
                }
            });
            batch.commit(writer, decisions);
            // decisions are left out: the role report-injector cannot read them
            var raw = writer.written().without(kafka.topics().name(TopicCatalogue.DECISIONS));
            reader.read(raw, "waiting until readers see it", Progress.SILENT, record -> {});
            return batch.written(Optional.empty());
        } catch (KafkaException e) {
            return batch.written(Optional.of(
                    WriteFailure.describe(e, "another injection was started; reconcile again to see what is left")));
        }
    }

    private final class Batch {
        private final Decision decision;
        private final List<ProducerRecord<byte[], byte[]>> pending = new ArrayList<>();
        private final Set<String> payments = new LinkedHashSet<>();
        private long committed;

        Batch(Decision decision) {
            this.decision = decision;
        }

        void commit(ExclusiveWriter writer, Serializer<Decision> decisions) {
            if (pending.isEmpty()) {
                return;
            }
            var records = new ArrayList<>(pending);
            if (committed == 0) {
                var topic = kafka.topics().name(TopicCatalogue.DECISIONS);
                records.add(DecisionWriter.record(topic, decisions, decision));
            }
            writer.write(records);
            committed += pending.size();
            pending.stream()
                    .limit(InjectionPlan.FIRST_MAX - payments.size())
                    .forEach(each -> payments.add(new String(each.key(), UTF_8)));
            pending.clear();
        }

        Written written(Optional<String> stopped) {
            return new Written(
                    committed,
                    List.copyOf(payments),
                    committed == 0 ? Optional.empty() : Optional.of(decision.getDecisionId()),
                    stopped);
        }
    }

    private static PlannedRecord planned(MissingFact missing, GatewayAccount account) {
        var line = missing.line();
        return new PlannedRecord(
                account.id().keyOf(line.payment()),
                line.kind().word(),
                line.references().get(ReferenceName.ORDER),
                line.references().get(ReferenceName.SUBJECT),
                missing.amount(),
                line.amount().currency(),
                line.line(),
                line.at());
    }

    private static void each(Reconciliation.Result result, Progress progress, Consumer<MissingFact> each) {
        var report = result.request().report();
        report.read((done, total) -> progress.at("reading the report again", done, total), line -> {
            if (line instanceof ParsedLine.MoneyLine money) {
                result.matcher().missing(money).ifPresent(each);
            }
        });
    }

    private ProducerRecord<byte[], byte[]> record(MissingFact missing, Reconciliation.Result result, Operator who) {
        var report = result.request().report();
        var account = report.account().id();
        var line = reportLine(missing, report.path().getFileName().toString());
        var item = line.item(account);
        return records.record(account, item, line.document().array(), line.occurredAt(), who);
    }

    private static ReportLine reportLine(MissingFact missing, String report) {
        var line = missing.line();
        var currency = line.amount().currency();
        return new ReportLine(
                line.id(),
                line.kind() == LineKind.CAPTURE ? ReportLine.Kind.CAPTURE : ReportLine.Kind.REFUND,
                line.payment(),
                line.fact(),
                new Money(missing.amount(), currency),
                missing.fee().isPresent()
                        ? Optional.of(new Money(missing.fee().getAsLong(), currency))
                        : Optional.empty(),
                line.at(),
                report,
                line.line(),
                line.references());
    }
}
