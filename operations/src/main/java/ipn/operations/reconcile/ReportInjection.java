package ipn.operations.reconcile;

import ipn.fact.Money;
import ipn.operations.Operator;
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
import ipn.topics.KafkaSettings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

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
    private final ToolRecords records;

    /** @param sealer seals what is written; empty: without a seal */
    public ReportInjection(KafkaSettings kafka, Clock clock, Optional<Sealer> sealer) {
        this.kafka = kafka;
        this.records = new ToolRecords(kafka, clock, sealer, ReportLine.CONTENT_TYPE, ReportLines.WRITTEN_BY);
    }

    /**
     * What an injection would write.
     *
     * @param captures number of captures
     * @param refunds number of refunds
     */
    public record Plan(long captures, long refunds) {
        public long records() {
            return captures + refunds;
        }
    }

    /**
     * What an injection wrote.
     *
     * @param records number of committed records
     * @param stopped why it ended early; what was committed stays, and the injection can be run again
     */
    public record Written(long records, Optional<String> stopped) {}

    /** Reads the report again, and writes nothing. */
    public Plan plan(Reconciliation.Result result, Progress progress) {
        var counts = new long[LineKind.values().length];
        each(result, progress, missing -> counts[missing.line().kind().ordinal()]++);
        return new Plan(counts[LineKind.CAPTURE.ordinal()], counts[LineKind.REFUND.ordinal()]);
    }

    /** Reads the report again, and writes what payment state does not have in transactions of at most {@value #BATCH_RECORDS_MAX}. */
    public Written write(Reconciliation.Result result, Operator who, Progress progress) {
        var written = new long[1];
        var batch = new ArrayList<ProducerRecord<byte[], byte[]>>();
        try (var writer = ExclusiveWriter.open(kafka, TASK);
                var reader = TopicReader.open(kafka)) {
            each(result, progress, missing -> {
                batch.add(record(missing, result, who));
                if (batch.size() == BATCH_RECORDS_MAX) {
                    written[0] += commit(writer, batch);
                }
            });
            written[0] += commit(writer, batch);
            reader.read(writer.written(), "waiting until readers see it", Progress.SILENT, record -> {});
            return new Written(written[0], Optional.empty());
        } catch (KafkaException e) {
            return new Written(
                    written[0],
                    Optional.of(WriteFailure.describe(
                            e, "another injection was started; reconcile again to see what is left")));
        }
    }

    private static int commit(ExclusiveWriter writer, List<ProducerRecord<byte[], byte[]>> batch) {
        if (!batch.isEmpty()) {
            writer.write(batch);
        }
        var records = batch.size();
        batch.clear();
        return records;
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
