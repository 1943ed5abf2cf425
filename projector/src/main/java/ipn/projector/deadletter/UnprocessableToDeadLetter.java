package ipn.projector.deadletter;

import ipn.avro.Outcome;
import ipn.key.FailureFingerprint;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Emits the raw record of an UNPROCESSABLE outcome as it was, with headers that say why; ignores other outcomes. */
public final class UnprocessableToDeadLetter extends ContextualProcessor<String, Outcome, DeadLetter, DeadLetter> {
    private static final String STAGE = "processor";

    private final DeadLetterMeter meter;

    public UnprocessableToDeadLetter(DeadLetterMeter meter) {
        this.meter = meter;
    }

    @Override
    public void process(Record<String, Outcome> record) {
        var outcome = record.value();
        var raw = outcome.getRaw();
        if (raw != null) {
            var failure = failure(outcome, record.timestamp());
            context().forward(DeadLetter.emit(failure, raw, record.timestamp()));
            meter.count(failure.reason());
        }
    }

    private static Failure failure(Outcome outcome, long timestamp) {
        return new Failure(
                STAGE,
                Reason.parse(outcome.getReason()),
                Optional.ofNullable(outcome.getDetail()),
                FailureFingerprint.origin(outcome.getGateway(), outcome.getAccount(), outcome.getEventType()),
                outcome.getSource(),
                Instant.ofEpochMilli(timestamp));
    }
}
