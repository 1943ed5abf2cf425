package ipn.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.junit.jupiter.api.Test;

final class HeldRecordsTest {
    private static final Callback NOBODY = (metadata, failure) -> {};

    private final List<Integer> sent = new ArrayList<>();
    private final List<Exception> failures = new ArrayList<>();
    private final HeldRecords held = new HeldRecords((record, callback) -> sent.add(record.partition()));

    @Test
    void records_are_sent_in_their_order_when_asked_for() {
        add(held, 3, 10);
        assertThat(sent).isEmpty();

        held.sendAll();
        assertThat(sent).containsExactly(0, 1, 2);

        held.sendAll();
        assertThat(sent).hasSize(3);
    }

    @Test
    void many_records_are_sent_without_being_asked_for() {
        add(held, 2_500, 10);
        assertThat(sent).hasSize(2_000);

        held.sendAll();
        assertThat(sent)
                .containsExactlyElementsOf(IntStream.range(0, 2_500).boxed().toList());
    }

    @Test
    void large_records_are_sent_without_being_asked_for() {
        add(held, 5, 1 << 20);
        assertThat(sent).containsExactly(0, 1, 2, 3);
    }

    @Test
    void records_of_an_aborted_transaction_are_not_sent() {
        add(held, 3, 10);
        held.drop();
        held.sendAll();
        assertThat(sent).isEmpty();
    }

    @Test
    void a_record_that_cannot_be_sent_fails_by_its_callback_with_the_cause_that_Kafka_Streams_knows() {
        var fenced = new ProducerFencedException("another instance");
        var failing = new HeldRecords((record, callback) -> {
            throw new KafkaException("Cannot execute transactional method", fenced);
        });
        add(failing, 2, 10);
        failing.sendAll();
        assertThat(failures).containsExactly(fenced, fenced);
    }

    @Test
    void an_interrupt_ends_the_thread_and_not_a_record() {
        var interrupted = new HeldRecords((record, callback) -> {
            throw new InterruptException("stop");
        });
        interrupted.add(record(0, 10), NOBODY);
        assertThatThrownBy(interrupted::sendAll).isInstanceOf(InterruptException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private void add(HeldRecords records, int count, int bytes) {
        for (var number = 0; number < count; number++) {
            records.add(record(number, bytes), (metadata, failure) -> failures.add(failure));
        }
    }

    private static ProducerRecord<byte[], byte[]> record(int partition, int bytes) {
        return new ProducerRecord<>("topic", partition, new byte[0], new byte[bytes]);
    }
}
