package ipn.runtime.traces;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what an exporter does with its spans, and logs when it begins to fail and when it works again. */
final class CountedExporter implements SpanExporter {
    private static final Logger LOG = LoggerFactory.getLogger(CountedExporter.class);

    private final SpanExporter exporter;
    private final String stage;
    private final SpanCounts counts;
    private final AtomicBoolean failing = new AtomicBoolean();

    CountedExporter(SpanExporter exporter, String stage, SpanCounts counts) {
        this.exporter = exporter;
        this.stage = stage;
        this.counts = counts;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        var result = start(spans);
        var number = spans.size();
        return result.whenComplete(() -> ended(number, result.isSuccess()));
    }

    private CompletableResultCode start(Collection<SpanData> spans) {
        try {
            return exporter.export(spans);
        } catch (RuntimeException e) {
            return CompletableResultCode.ofFailure();
        }
    }

    private void ended(int spans, boolean accepted) {
        counts.ended(spans, accepted);
        if (failing.getAndSet(!accepted) == accepted) {
            var line = accepted ? LOG.atInfo() : LOG.atWarn();
            line.addKeyValue("stage", stage)
                    .log(
                            accepted
                                    ? "Spans are exported again"
                                    : "Spans cannot be exported to traces.endpoint; they are dropped and counted, and nothing else is affected");
        }
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
