package ipn.runtime.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The meters of a JVM: those of {@link Metric} and no others. With the system property {@code ipn.metrics=off} none, to measure what they cost. */
public final class StageMeters implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StageMeters.class);
    private static final boolean OFF = System.getProperty("ipn.metrics", "").equals("off");
    private static final Set<String> SERIES =
            Arrays.stream(Metric.values()).map(metric -> name(metric.series())).collect(Collectors.toUnmodifiableSet());
    private static final PrometheusNamingConvention NAMES = new PrometheusNamingConvention();

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collector = new JvmGcMetrics();

    private StageMeters() {
        if (OFF) {
            LOG.warn("Metrics are off (system property ipn.metrics): no alert can fire");
        }
        registry.config().meterFilter(OFF ? MeterFilter.deny() : MeterFilter.denyUnless(StageMeters::isListed));
        collector.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    /** Meters of this JVM, to which the stages add theirs. */
    public static StageMeters create() {
        return new StageMeters();
    }

    /** Where the stages register theirs. */
    public PrometheusMeterRegistry registry() {
        return registry;
    }

    private static boolean isListed(Meter.Id id) {
        var name = name(NAMES.name(id.getName(), id.getType(), id.getBaseUnit()));
        return SERIES.contains(name) || SERIES.contains(name + "_seconds"); // a gauge of time gets its unit later
    }

    /** Prometheus adds the suffix of counters when it is asked. */
    private static String name(String series) {
        return series.replaceFirst("_total$", "");
    }

    @Override
    public void close() {
        collector.close();
        registry.close();
    }
}
