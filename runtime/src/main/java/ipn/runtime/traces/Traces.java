package ipn.runtime.traces;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.topics.TraceParent;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The spans of a stage. A span is built when its step has ended, and only if it is exported; so whatever ended in an error, or was slow, can
 * be exported, and all else costs no more than its ids. Thread-safe; no method blocks or throws, apart from {@link #close}.
 */
public final class Traces implements AutoCloseable {
    /** No collector is configured. */
    public static final Traces OFF = new Traces(0, Duration.ZERO, null, () -> {});

    private final int percent;
    private final long slowNanos;
    private final @Nullable Consumer<FinishedSpan> spans;
    private final Runnable end;

    private Traces(int percent, Duration slowAfter, @Nullable Consumer<FinishedSpan> spans, Runnable end) {
        this.percent = percent;
        this.slowNanos = slowAfter.toNanos();
        this.spans = spans;
        this.end = end;
    }

    static Traces exporting(TraceSettings settings, URI endpoint, String stage, MeterRegistry meters) {
        var export = SpanExport.start(settings, endpoint, stage, meters);
        return new Traces(settings.percent(), settings.slowAfter(), export::add, export::close);
    }

    /** Hands the spans to something else than a collector. */
    public static Traces to(Consumer<FinishedSpan> spans, int percent, Duration slowAfter) {
        return new Traces(percent, slowAfter, spans, () -> {});
    }

    /** False: no span is exported, and none needs to be described. */
    public boolean isOn() {
        return spans != null;
    }

    /** The same span, sampled if its trace is among the share of the settings, or was sampled before. */
    public TraceParent sampled(TraceParent context) {
        return context.sampled() || !isOn() ? context : context.sampled(context.isAmong(percent));
    }

    /** Whether something took so long that it is exported. */
    public boolean isSlow(long nanos) {
        return nanos > slowNanos;
    }

    /** Exports a span, if the collector keeps up. */
    public void add(FinishedSpan span) {
        if (spans != null) {
            spans.accept(span);
        }
    }

    /** Exports what waits, for a short time. */
    @Override
    public void close() {
        end.run();
    }
}
