package ipn.operations.imports;

import ipn.gateway.AccountId;
import ipn.imported.ImportedSubscription;
import ipn.imported.ImportedSubscriptions;
import ipn.operations.Operator;
import ipn.operations.topic.ExclusiveWriter;
import ipn.operations.topic.Progress;
import ipn.operations.topic.ToolRecords;
import ipn.operations.topic.TopicReader;
import ipn.operations.topic.WriteFailure;
import ipn.seal.Sealer;
import ipn.topics.KafkaSettings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Writes the subscriptions of an export to {@code ipn.raw}, as records of a type of their own. A line has the same event key in every
 * import of the same export, so that importing it again changes nothing.
 */
public final class SubscriptionImport {
    /** Only one import runs at a time. */
    private static final String TASK = "import";

    private static final int BATCH_RECORDS_MAX = 2_000;

    private final KafkaSettings kafka;
    private final ToolRecords records;

    /** @param sealer seals what is written; empty: without a seal */
    public SubscriptionImport(KafkaSettings kafka, Clock clock, Optional<Sealer> sealer) {
        this.kafka = kafka;
        this.records = new ToolRecords(
                kafka, clock, sealer, ImportedSubscription.CONTENT_TYPE, ImportedSubscriptions.WRITTEN_BY);
    }

    /**
     * What an import wrote.
     *
     * @param records number of committed records
     * @param lastLine the last line whose record is committed; 0: none
     * @param stopped why it ended early; what was committed stays, and the import can be run again
     */
    public record Written(long records, long lastLine, Optional<String> stopped) {}

    /** Reads the export, and writes its subscriptions in transactions of at most {@value #BATCH_RECORDS_MAX}. */
    public Written write(SubscriptionExport export, Operator who, Progress progress) {
        var batch = new Batch(who);
        try (var writer = ExclusiveWriter.open(kafka, TASK);
                var reader = TopicReader.open(kafka)) {
            batch.writer = Optional.of(writer);
            export.read(progress, "writing subscriptions", batch);
            batch.commit();
            reader.read(writer.written(), "waiting until readers see it", Progress.SILENT, record -> {});
            return new Written(batch.written, batch.lastLine, Optional.empty());
        } catch (KafkaException e) {
            return new Written(
                    batch.written,
                    batch.lastLine,
                    Optional.of(WriteFailure.describe(e, "another import was started (run the command again)")));
        }
    }

    private final class Batch implements SubscriptionExport.Receiver {
        private final Operator who;
        private final List<ProducerRecord<byte[], byte[]>> pending = new ArrayList<>();
        private Optional<ExclusiveWriter> writer = Optional.empty();
        private long written;
        private long line;
        private long lastLine;

        Batch(Operator who) {
            this.who = who;
        }

        @Override
        public void subscription(AccountId account, ImportedSubscription subscription) {
            pending.add(records.record(
                    account, subscription.item(account), subscription.document().array(), subscription.asOf(), who));
            line = subscription.source().line();
            if (pending.size() == BATCH_RECORDS_MAX) {
                commit();
            }
        }

        @Override
        public void problem(LineProblem problem) {}

        void commit() {
            if (!pending.isEmpty()) {
                writer.orElseThrow().write(pending);
                written += pending.size();
                lastLine = line;
                pending.clear();
            }
        }
    }
}
