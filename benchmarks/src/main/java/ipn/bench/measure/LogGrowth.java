package ipn.bench.measure;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.coordinator.transaction.TransactionState;
import org.apache.kafka.coordinator.transaction.generated.TransactionLogKey;
import org.apache.kafka.coordinator.transaction.generated.TransactionLogValue;

/** Counts records, markers and transactions in the batches of a broker. */
public final class LogGrowth {
    private static final String TRANSACTIONS = "__transaction_state";

    private final UnaryOperator<String> groups;
    private final Collection<String> applications;
    private final SortedMap<String, LogUsage> usage = new TreeMap<>();
    private final SortedMap<String, Long> transactions = new TreeMap<>();

    /**
     * @param groups gives the group of a topic, under which it is counted
     * @param applications ids of Streams applications, whose transactions are counted
     */
    public LogGrowth(UnaryOperator<String> groups, Collection<String> applications) {
        this.groups = groups;
        this.applications = applications;
    }

    /** Adds one batch. */
    public void add(String topic, RecordBatch batch) {
        usage.merge(groups.apply(topic), usageOf(batch), LogUsage::plus);
        if (topic.equals(TRANSACTIONS) && !batch.isControlBatch()) {
            batch.forEach(this::addTransaction);
        }
    }

    private static LogUsage usageOf(RecordBatch batch) {
        var count = 0L;
        var aborts = 0L;
        if (batch.isControlBatch()) {
            for (var record : batch) {
                count++;
                aborts += ControlRecordType.parse(record.key()) == ControlRecordType.ABORT ? 1 : 0;
            }
            return new LogUsage(0, 0, count, aborts, batch.sizeInBytes());
        }
        var known = batch.countOrNull();
        return new LogUsage(known == null ? 0 : known, 1, 0, 0, batch.sizeInBytes());
    }

    /** The coordinator writes each state of a transaction; the last one of a committed transaction is counted. */
    private void addTransaction(Record record) {
        if (!record.hasValue()) {
            return;
        }
        var value = record.value();
        var version = value.getShort();
        var state = new TransactionLogValue(new ByteBufferAccessor(value), version);
        if (state.transactionStatus() == TransactionState.COMPLETE_COMMIT.id()) {
            var id = transactionalId(record.key());
            applications.stream()
                    .filter(application -> id.startsWith(application + "-"))
                    .forEach(application -> transactions.merge(application, 1L, Long::sum));
        }
    }

    private static String transactionalId(ByteBuffer key) {
        var version = key.getShort();
        return new TransactionLogKey(new ByteBufferAccessor(key), version).transactionalId();
    }

    /** What was written by group of topics. */
    public SortedMap<String, LogUsage> usage() {
        return usage;
    }

    /** Committed transactions by application. */
    public SortedMap<String, Long> transactions() {
        return transactions;
    }
}
