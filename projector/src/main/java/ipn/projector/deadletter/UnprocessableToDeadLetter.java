package ipn.projector.deadletter;

import ipn.avro.Outcome;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Turns an UNPROCESSABLE outcome back into the record it was, with why it failed; passes nothing else on. */
final class UnprocessableToDeadLetter extends ContextualProcessor<String, Outcome, DeadLetter, DeadLetter> {
    @Override
    public void process(Record<String, Outcome> record) {
        var raw = record.value().getRaw();
        if (raw == null) {
            return;
        }
        var letter = new DeadLetter(
                DeadLetterHeaders.bytes(raw.getKey()),
                DeadLetterHeaders.bytes(raw.getValue()),
                record.value().getSource().getPartition());
        var failedAt = Instant.ofEpochMilli(record.timestamp());
        var headers = DeadLetterHeaders.of("processor", record.value(), raw, failedAt);
        context().forward(new Record<>(letter, letter, record.timestamp(), headers));
    }
}
