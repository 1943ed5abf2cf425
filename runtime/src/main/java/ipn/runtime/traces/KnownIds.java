package ipn.runtime.traces;

import io.opentelemetry.sdk.trace.IdGenerator;
import ipn.topics.TraceParent;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gives the SDK the ids that records carried long before the span is built. */
final class KnownIds implements IdGenerator {
    private final ThreadLocal<@Nullable TraceParent> next = new ThreadLocal<>();

    /** The ids of the span that this thread builds next. */
    void next(TraceParent context) {
        next.set(context);
    }

    void clear() {
        next.remove();
    }

    @Override
    public String generateSpanId() {
        return Objects.requireNonNull(next.get()).spanId();
    }

    @Override
    public String generateTraceId() {
        return Objects.requireNonNull(next.get()).traceId();
    }
}
