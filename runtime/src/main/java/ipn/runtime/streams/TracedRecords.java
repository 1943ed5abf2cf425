package ipn.runtime.streams;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import ipn.runtime.traces.FinishedSpan;
import ipn.runtime.traces.RecordStep;
import ipn.runtime.traces.SpanAttributes;
import ipn.runtime.traces.Traces;
import ipn.topics.Headers;
import ipn.topics.RecordTrace;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Follows records through a Streams stage. The processor behind a source is wrapped ({@link #following}): its span lasts as long as all that
 * the record causes in this part of the topology. What is written meanwhile carries its context, added where a sink serializes
 * ({@link #carried}); so nodes know nothing of traces, and what they decide does not depend on them.
 */
public final class TracedRecords {
    /** Contexts are passed on as they come, without spans. */
    public static final TracedRecords PASSED_ON = new TracedRecords(Traces.OFF, "");

    private final Traces traces;
    private final String group;

    /** @param group of the consumers, which is the application id of the stage */
    public TracedRecords(Traces traces, String group) {
        this.traces = traces;
        this.group = group;
    }

    /** The processor behind a source. */
    public <KIn, VIn, KOut, VOut> ProcessorSupplier<KIn, VIn, KOut, VOut> following(
            ProcessorSupplier<KIn, VIn, KOut, VOut> supplier) {
        return () -> new Following<>(this, supplier.get());
    }

    /** Values of a sink, whose records carry the context of the record that is processed. */
    public static <T> Serializer<T> carried(Serializer<T> values) {
        return new Carried<>(values);
    }

    private record Carried<T>(Serializer<T> values) implements Serializer<T> {
        @Override
        public byte @Nullable [] serialize(String topic, @Nullable T value) {
            return values.serialize(topic, value);
        }

        @Override
        public byte @Nullable [] serialize(
                String topic, org.apache.kafka.common.header.Headers headers, @Nullable T value) {
            RecordStep.current().writeTo(headers);
            return values.serialize(topic, headers, value);
        }

        @Override
        public void close() {
            values.close();
        }
    }

    private void begin(RecordStep step, Record<?, ?> record, @Nullable RecordMetadata at) {
        var received = record.headers().lastHeader(Headers.TRACEPARENT);
        if (at == null || !traces.isOn() && record.headers().lastHeader(Headers.REPLAY_ID) == null) {
            step.passOn(received == null ? null : received.value());
            return;
        }
        var trace = RecordTrace.of(record.headers(), at.topic(), at.partition(), at.offset(), record.timestamp());
        if (!traces.isOn()) {
            step.passOn(trace.context().header());
            return;
        }
        var keep = traces.sampled(trace.context()).sampled() || traces.isSlow(age(record));
        step.begin(trace, keep);
    }

    /** Nanoseconds since the record was stored, or since that was stored that it follows from. */
    private static long age(Record<?, ?> record) {
        return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis() - record.timestamp());
    }

    private void end(RecordStep step, Record<?, ?> record, @Nullable RecordMetadata at, long began) {
        var trace = step.trace();
        if (trace != null && at != null && (step.isKept() || traces.isSlow(age(record)))) {
            try {
                traces.add(span(step, trace, record, at, began));
            } catch (RuntimeException bug) {
                // a span never stops what it is about
            }
        }
    }

    private FinishedSpan span(RecordStep step, RecordTrace trace, Record<?, ?> record, RecordMetadata at, long began) {
        return new FinishedSpan(
                "process " + at.topic(),
                SpanKind.CONSUMER,
                trace.context(),
                trace.parent(),
                trace.link(),
                began,
                System.nanoTime(),
                step.failure(),
                attributes(step, record, at));
    }

    private Attributes attributes(RecordStep step, Record<?, ?> record, RecordMetadata at) {
        var attributes = Attributes.builder()
                .put(SpanAttributes.SYSTEM, "kafka")
                .put(SpanAttributes.OPERATION, "process")
                .put(SpanAttributes.OPERATION_TYPE, "process")
                .put(SpanAttributes.DESTINATION, at.topic())
                .put(SpanAttributes.PARTITION, Integer.toString(at.partition()))
                .put(SpanAttributes.OFFSET, at.offset())
                .put(SpanAttributes.GROUP, group);
        var replay = record.headers().lastHeader(Headers.REPLAY_ID);
        if (replay != null && replay.value() != null) {
            attributes.put(SpanAttributes.REPLAY, new String(replay.value(), StandardCharsets.UTF_8));
        }
        return attributes.putAll(step.details()).build();
    }

    private static final class Following<KIn, VIn, KOut, VOut> implements Processor<KIn, VIn, KOut, VOut> {
        private final TracedRecords records;
        private final Processor<KIn, VIn, KOut, VOut> processor;
        private @Nullable ProcessorContext<KOut, VOut> context;

        Following(TracedRecords records, Processor<KIn, VIn, KOut, VOut> processor) {
            this.records = records;
            this.processor = processor;
        }

        @Override
        public void init(ProcessorContext<KOut, VOut> ofTask) {
            context = ofTask;
            processor.init(ofTask);
        }

        @Override
        public void process(Record<KIn, VIn> record) {
            var step = RecordStep.current();
            var at = context == null ? null : context.recordMetadata().orElse(null);
            var began = System.nanoTime();
            records.begin(step, record, at);
            try {
                processor.process(record);
            } catch (RuntimeException e) {
                step.fail(e.getClass().getSimpleName());
                throw e;
            } finally {
                records.end(step, record, at, began);
                step.clear();
            }
        }

        @Override
        public void close() {
            processor.close();
        }
    }
}
