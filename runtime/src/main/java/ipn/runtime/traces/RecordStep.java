package ipn.runtime.traces;

import io.opentelemetry.api.common.Attributes;
import ipn.topics.Headers;
import ipn.topics.RecordTrace;
import ipn.topics.TraceParent;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The record that a thread processes now, as far as traces are concerned: the context that what follows from it carries, and what a node says
 * about it. Nothing here changes what a node does. Used by its thread only.
 */
public final class RecordStep {
    private static final ThreadLocal<RecordStep> OF_THREAD = ThreadLocal.withInitial(RecordStep::new);

    private @Nullable RecordTrace trace;
    private byte @Nullable [] carried;
    private boolean kept;
    private @Nullable String failure;
    private @Nullable Supplier<Attributes> details;

    private RecordStep() {}

    /** That of this thread; between two records it carries nothing. */
    public static RecordStep current() {
        return OF_THREAD.get();
    }

    /** Without spans the context is passed on as it came, unless it has another length than any of ours. */
    public void passOn(byte @Nullable [] traceparent) {
        clear();
        carried = traceparent == null || traceparent.length != TraceParent.LENGTH ? null : traceparent;
    }

    /** @param keep whether a span is exported, whatever becomes of the record */
    public void begin(RecordTrace begun, boolean keep) {
        clear();
        trace = begun;
        kept = keep;
    }

    /** The record is processed. */
    public void clear() {
        trace = null;
        carried = null;
        kept = false;
        failure = null;
        details = null;
    }

    /** Whether the record may get a span, which a node can describe. */
    public boolean isTraced() {
        return trace != null;
    }

    /**
     * The record cannot be processed. To be called before anything is emitted, so that the spans of later stages are exported too.
     *
     * @param type a code of ours, never text of the sender
     */
    public void fail(String type) {
        failure = type;
        kept = true;
        if (trace != null) {
            carried = null;
        }
    }

    /** What the span says besides where the record is; computed if there is a span, before {@link #clear()}. */
    public void describe(Supplier<Attributes> attributes) {
        details = attributes;
    }

    /** The trace of the record; null without spans. */
    public @Nullable RecordTrace trace() {
        return trace;
    }

    /** Whether a span is exported, whatever becomes of the record. */
    public boolean isKept() {
        return kept;
    }

    /** Why the record cannot be processed. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** What a node said about the record. */
    public Attributes details() {
        return details == null ? Attributes.empty() : details.get();
    }

    /** The header of what follows from the record; null if its trace is not known. */
    public byte @Nullable [] header() {
        if (carried == null && trace != null) {
            carried = trace.context().sampled(kept).header();
        }
        return carried;
    }

    /** The id of the trace, for a log line; empty if it is not known. */
    public String traceId() {
        return TraceParent.parse(header()).map(TraceParent::traceId).orElse("");
    }

    /** Writes the header, in place of another, if the trace is known. */
    public void writeTo(org.apache.kafka.common.header.Headers headers) {
        var header = header();
        if (header != null) {
            if (headers.lastHeader(Headers.TRACEPARENT) != null) {
                headers.remove(Headers.TRACEPARENT);
            }
            headers.add(Headers.TRACEPARENT, header);
        }
    }
}
