package ipn.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.coordinator.transaction.TransactionState;
import org.apache.kafka.coordinator.transaction.generated.TransactionLogKey;
import org.apache.kafka.coordinator.transaction.generated.TransactionLogValue;
import org.junit.jupiter.api.Test;

class LogGrowthTest {
    @Test
    void a_transaction_is_counted_once_for_its_application_when_it_is_committed() {
        var growth = new LogGrowth(UnaryOperator.identity(), List.of("ipn-processor", "ipn-projector"));

        add(growth, "ipn-processor-5f-1", TransactionState.ONGOING);
        add(growth, "ipn-processor-5f-1", TransactionState.PREPARE_COMMIT);
        add(growth, "ipn-processor-5f-1", TransactionState.COMPLETE_COMMIT);
        add(growth, "ipn-processor-5f-1", TransactionState.COMPLETE_COMMIT);
        add(growth, "ipn-projector-8a-1", TransactionState.COMPLETE_COMMIT);
        add(growth, "ipn-projector-8a-1", TransactionState.COMPLETE_ABORT);
        add(growth, "another-8a-1", TransactionState.COMPLETE_COMMIT);

        assertThat(growth.transactions()).isEqualTo(Map.of("ipn-processor", 2L, "ipn-projector", 1L));
    }

    private static void add(LogGrowth growth, String id, TransactionState state) {
        var key = MessageUtil.toVersionPrefixedBytes((short) 0, new TransactionLogKey().setTransactionalId(id));
        var value = MessageUtil.toVersionPrefixedBytes(
                (short) 0, new TransactionLogValue().setTransactionStatus(state.id()));
        MemoryRecords.withRecords(Compression.NONE, new SimpleRecord(key, value))
                .batches()
                .forEach(batch -> growth.add("__transaction_state", batch));
    }
}
