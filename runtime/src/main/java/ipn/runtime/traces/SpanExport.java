package ipn.runtime.traces;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import ipn.topics.AppVersion;
import ipn.topics.TraceParent;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Builds the spans of a stage with OpenTelemetry's SDK, and exports them in batches on a thread of its own. A collector that is away, slow or
 * hangs costs spans, which are counted, and nothing else.
 */
final class SpanExport implements AutoCloseable {
    /** Its own lines are ours: see {@link CountedExporter}. Referred to here, because the JDK forgets loggers that nobody refers to. */
    private static final Logger LINES_OF_THE_SDK = Logger.getLogger("io.opentelemetry");

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);
    private static final RetryPolicy RETRIES = RetryPolicy.builder()
            .setMaxAttempts(3)
            .setInitialBackoff(Duration.ofMillis(200))
            .setMaxBackoff(Duration.ofSeconds(1))
            .build();

    private final KnownIds ids = new KnownIds();
    private final Clock clock = Clock.systemUTC();
    private final int percent;
    private final SpanRate rate;
    private final SpanCounts counts;
    private final SdkTracerProvider provider;
    private final Tracer tracer;

    private SpanExport(TraceSettings settings, SpanCounts counts, SpanExporter exporter, String stage) {
        this.percent = settings.percent();
        this.rate = new SpanRate(settings.spansPerSecond());
        this.counts = counts;
        var batches = BatchSpanProcessor.builder(new CountedExporter(exporter, stage, counts))
                // it drops without saying so; the counts let no more wait than this
                .setMaxQueueSize(2 * SpanCounts.WAITING_MAX)
                .setScheduleDelay(EVERY)
                .setExporterTimeout(TIMEOUT)
                .build();
        provider = SdkTracerProvider.builder()
                .setIdGenerator(ids)
                .setSampler(Sampler.alwaysOn())
                .setResource(Resource.create(Attributes.of(
                        AttributeKey.stringKey("service.name"),
                        "ipn-" + stage,
                        AttributeKey.stringKey("service.namespace"),
                        "ipn",
                        AttributeKey.stringKey("service.version"),
                        AppVersion.current())))
                .addSpanProcessor(batches)
                .build();
        tracer = provider.get("ipn");
    }

    static SpanExport start(TraceSettings settings, URI endpoint, String stage, MeterRegistry meters) {
        LINES_OF_THE_SDK.setLevel(Level.OFF);
        var exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(endpoint.toString())
                .setTimeout(TIMEOUT)
                .setConnectTimeout(TIMEOUT)
                .setCompression("gzip")
                .setRetryPolicy(RETRIES);
        settings.headers().forEach(exporter::addHeader);
        return new SpanExport(settings, new SpanCounts(stage, meters), exporter.build(), stage);
    }

    void add(FinishedSpan span) {
        var now = System.nanoTime();
        if (!rate.allows(span.context().isAmong(percent), now)) {
            counts.overRate();
        } else if (counts.admit()) {
            try {
                build(span, now);
            } catch (RuntimeException bug) { // spans never stop what they are about
                counts.ended(1, false);
            } finally {
                ids.clear();
            }
        }
    }

    private void build(FinishedSpan span, long now) {
        var instant = clock.instant();
        var epochNanos = TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
        ids.next(span.context());
        var builder = tracer.spanBuilder(span.name())
                .setSpanKind(span.kind())
                .setAllAttributes(span.attributes())
                .setStartTimestamp(epochNanos - (now - span.began()), TimeUnit.NANOSECONDS);
        span.parent()
                .ifPresentOrElse(
                        parent -> builder.setParent(Context.root().with(Span.wrap(remote(parent)))),
                        builder::setNoParent);
        span.link().ifPresent(link -> builder.addLink(remote(link)));
        var built = builder.startSpan();
        span.error().ifPresent(type -> {
            built.setAttribute(SpanAttributes.ERROR, type);
            built.setStatus(StatusCode.ERROR);
        });
        built.end(epochNanos - (now - span.ended()), TimeUnit.NANOSECONDS);
    }

    private static SpanContext remote(TraceParent context) {
        return SpanContext.createFromRemoteParent(
                context.traceId(), context.spanId(), TraceFlags.getSampled(), TraceState.getDefault());
    }

    @Override
    public void close() {
        provider.shutdown().join(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }
}
