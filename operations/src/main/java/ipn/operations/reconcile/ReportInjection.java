package ipn.operations.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.fact.Money;
import ipn.operations.Operator;
import ipn.operations.reconcile.match.ReportMatcher.Missing;
import ipn.operations.reconcile.report.LineKind;
import ipn.operations.reconcile.report.ParsedLine;
import ipn.operations.topic.ExclusiveWriter;
import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.operations.topic.WriteFailure;
import ipn.report.ReportLine;
import ipn.report.ReportLines;
import ipn.topics.Headers;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Writes captures and refunds that a report has and payment state lacks to {@code ipn.raw}, as records of their own kind. The
 * same line is the same event for ever, so writing it again changes nothing; a notification that comes after all tells the
 * same facts, and merges.
 */
public final class ReportInjection {
    /** Transactional id, and what only one may do at a time. */
    private static final String TASK = "reconcile";

    private static final int BATCH_RECORDS_MAX = 500;

    private final KafkaSettings kafka;
    private final Clock clock;

    public ReportInjection(KafkaSettings kafka, Clock clock) {
        this.kafka = kafka;
        this.clock = clock;
    }

    /**
     * What there is to write.
     *
     * @param captures records
     * @param refunds records
     */
    public record Plan(long captures, long refunds) {
        public long records() {
            return captures + refunds;
        }
    }

    /**
     * What was written.
     *
     * @param records committed
     * @param stopped why it ended early; what was committed stays, and doing all of it again does no harm
     */
    public record Written(long records, Optional<String> stopped) {}

    /** Reads the report once more, and writes nothing. */
    public Plan plan(Reconciliation.Result result, Progress progress) {
        var counts = new long[LineKind.values().length];
        each(result, progress, missing -> counts[missing.told().kind().ordinal()]++);
        return new Plan(counts[LineKind.CAPTURE.ordinal()], counts[LineKind.REFUND.ordinal()]);
    }

    /** Reads the report once more, and writes what is missing here in transactions of at most {@value #BATCH_RECORDS_MAX}. */
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
            reader.read(writer.written(), "waiting until it can be read", Progress.SILENT, record -> {});
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

    private static void each(Reconciliation.Result result, Progress progress, Consumer<Missing> each) {
        var report = result.order().report();
        report.read((done, total) -> progress.at("reading the report again", done, total), reading -> {
            if (reading instanceof ParsedLine.Told told) {
                result.matching().missing(told).ifPresent(each);
            }
        });
    }

    private ProducerRecord<byte[], byte[]> record(Missing missing, Reconciliation.Result result, Operator who) {
        var report = result.order().report();
        var account = report.account().id();
        var line = line(missing, report.path().getFileName().toString());
        var item = line.item(account);
        var topic = kafka.topics().name(TopicCatalogue.RAW);
        var record = new ProducerRecord<>(
                topic, item.paymentKey().getBytes(UTF_8), line.document().array());
        header(record, Headers.CE_SPECVERSION, "1.0");
        header(record, Headers.CE_ID, item.eventKey());
        header(record, Headers.CE_SOURCE, account.path());
        header(record, Headers.CE_TYPE, item.type());
        header(record, Headers.CE_TIME, line.occurredAt().toString());
        header(record, Headers.CONTENT_TYPE, ReportLine.CONTENT_TYPE);
        header(record, Headers.RECEIVED_AT, clock.instant().toString());
        header(record, Headers.VERIFIED_BY, ReportLines.WRITTEN_BY + who.by());
        return record;
    }

    private static ReportLine line(Missing missing, String report) {
        var told = missing.told();
        var currency = told.amount().currency();
        return new ReportLine(
                told.id(),
                told.kind() == LineKind.CAPTURE ? ReportLine.Kind.CAPTURE : ReportLine.Kind.REFUND,
                told.payment(),
                told.fact(),
                new Money(missing.amount(), currency),
                missing.fee() < 0 ? Optional.empty() : Optional.of(new Money(missing.fee(), currency)),
                told.at(),
                report,
                told.line(),
                told.references());
    }

    private static void header(ProducerRecord<byte[], byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(UTF_8));
    }
}
