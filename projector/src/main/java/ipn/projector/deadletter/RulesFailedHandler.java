package ipn.projector.deadletter;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.avro.RecordPosition;
import ipn.runtime.SafeCause;
import ipn.topics.Headers;
import ipn.topics.Reason;
import ipn.topics.TraceParent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a record that a rule failed on to the topic of dead letters, in the transaction that continues after it (KIP-1034). Kafka
 * Streams creates it from the settings that {@link #settings} returns.
 */
public final class RulesFailedHandler implements ProcessingExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(RulesFailedHandler.class);
    private static final String PARTITIONS = "ipn.dead.letter.partitions";
    private static final String METER = "ipn.dead.letter.meter";

    private String topic = "";
    private int partitions = 1;
    private @Nullable DeadLetterMeter meter;

    /** Settings of a stage whose failed records become dead letters. */
    public static Map<String, Object> settings(String deadLetters, int partitions, MeterRegistry meters) {
        return Map.of(
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
                RulesFailedHandler.class,
                StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG,
                deadLetters,
                PARTITIONS,
                partitions,
                METER,
                new DeadLetterMeter(meters));
    }

    @Override
    public void configure(Map<String, ?> configs) {
        topic = String.valueOf(configs.get(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG));
        partitions = Integer.parseInt(String.valueOf(configs.get(PARTITIONS)));
        meter = (DeadLetterMeter) configs.get(METER);
    }

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
        var failed = RulesFailedException.in(exception);
        if (failed.isEmpty() || context.sourceRawValue() == null) {
            return Response.fail();
        }
        LOG.atError()
                .addKeyValue("node", context.processorNodeId())
                .addKeyValue("traceId", traceId(context))
                .addKeyValue("topic", context.topic())
                .addKeyValue("partition", context.partition())
                .addKeyValue("offset", context.offset())
                .setCause(SafeCause.forLog(failed.get()))
                .log("A rule failed on a record; it is a dead letter now");
        Objects.requireNonNull(meter).count(Reason.INTERNAL_ERROR);
        return Response.resume(List.of(deadLetter(context, failed.get())));
    }

    private static String traceId(ErrorHandlerContext context) {
        var header = context.headers().lastHeader(Headers.TRACEPARENT);
        return TraceParent.parse(header == null ? null : header.value())
                .map(TraceParent::traceId)
                .orElse("");
    }

    private ProducerRecord<byte[], byte[]> deadLetter(ErrorHandlerContext context, Throwable cause) {
        var source =
                new Record<>(context.sourceRawKey(), context.sourceRawValue(), context.timestamp(), context.headers());
        var at = new RecordPosition(context.topic(), context.partition(), context.offset());
        var letter = DeadLetter.reject(at, source, Reason.INTERNAL_ERROR, SafeCause.describe(cause), context.topic());
        return new ProducerRecord<>(
                topic,
                context.partition() % partitions,
                letter.timestamp(),
                DeadLetter.keys().serialize(topic, letter.key()),
                DeadLetter.values().serialize(topic, letter.value()),
                letter.headers());
    }
}
