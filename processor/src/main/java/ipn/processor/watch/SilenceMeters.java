package ipn.processor.watch;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.processor.silence.Silence;
import ipn.processor.silence.StreamId;
import ipn.processor.silence.WatchedStreams;
import ipn.runtime.metrics.Metric;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows silences: as metrics, in the log once when one becomes unusual and once when it ends, and as a note of readiness. */
final class SilenceMeters {
    private static final Logger LOG = LoggerFactory.getLogger(SilenceMeters.class);
    private static final int NOTED = 3;

    private final MeterRegistry meters;
    private final Set<StreamId> shown = new HashSet<>();
    private volatile Map<StreamId, Silence> silences = Map.of();
    private volatile List<Silence> unusual = List.of();
    private volatile double readTo;

    SilenceMeters(MeterRegistry meters) {
        this.meters = meters;
        Metric.PROCESSOR_SILENCE_READ_SECONDS.gauge(meters, this, each -> each.readTo);
    }

    /** @param to up to when everything was read, in milliseconds since 1970 */
    void show(List<Silence> now, long to) {
        silences = now.stream().collect(Collectors.toUnmodifiableMap(Silence::stream, Function.identity()));
        silences.keySet().forEach(this::register);
        report(WatchedStreams.unusual(now));
        readTo = to / 1_000.0;
    }

    /** This process does not watch: another one does, or Kafka is away. */
    void hide() {
        readTo = 0;
        silences = Map.of();
        unusual = List.of();
    }

    private void register(StreamId id) {
        if (shown.add(id)) {
            gauge(Metric.PROCESSOR_SILENCE_SECONDS, id, silence -> seconds(silence.lasts()));
            gauge(Metric.PROCESSOR_SILENCE_LIMIT_SECONDS, id, silence -> seconds(silence.limit()));
            gauge(Metric.PROCESSOR_SILENCE_MISSING, id, Silence::missing);
            gauge(Metric.PROCESSOR_SILENT, id, silence -> silence.isUnusual() ? 1 : 0);
        }
    }

    private void gauge(Metric metric, StreamId id, ToDoubleFunction<Silence> number) {
        metric.gauge(
                meters,
                this,
                each -> Optional.ofNullable(each.silences.get(id))
                        .map(number::applyAsDouble)
                        .orElse(Double.NaN),
                id.gateway(),
                id.account(),
                id.type());
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1_000.0;
    }

    private void report(List<Silence> now) {
        var before = unusual;
        now.stream().filter(each -> !isIn(before, each)).forEach(SilenceMeters::logBegin);
        before.stream().filter(each -> !isIn(now, each)).forEach(SilenceMeters::logEnd);
        unusual = now;
    }

    private static boolean isIn(List<Silence> some, Silence one) {
        return some.stream().anyMatch(each -> each.stream().equals(one.stream()));
    }

    private static void logBegin(Silence silence) {
        LOG.atWarn()
                .addKeyValue("stage", "processor")
                .addKeyValue("gateway", silence.stream().gateway())
                .addKeyValue("account", silence.stream().account())
                .addKeyValue("type", silence.stream().type())
                .addKeyValue("silentSeconds", silence.lasts().toSeconds())
                .addKeyValue("usualSeconds", silence.limit().toSeconds())
                .addKeyValue("missing", Math.round(silence.missing()))
                .log("No notifications have come for longer than is usual");
    }

    private static void logEnd(Silence silence) {
        LOG.atInfo()
                .addKeyValue("stage", "processor")
                .addKeyValue("gateway", silence.stream().gateway())
                .addKeyValue("account", silence.stream().account())
                .addKeyValue("type", silence.stream().type())
                .log("Notifications come again, or have ended as a part of all");
    }

    /** What is unusual, for people; empty: nothing. */
    Optional<String> note() {
        var now = unusual;
        var more = now.size() > NOTED ? ", and %d more".formatted(now.size() - NOTED) : "";
        return now.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        now.stream().limit(NOTED).map(SilenceMeters::text).collect(Collectors.joining(", ")) + more);
    }

    private static String text(Silence silence) {
        return "%s/%s: no notification (%s) for %d min, usually at most %d min"
                .formatted(
                        silence.stream().gateway(),
                        silence.stream().account(),
                        silence.stream().type(),
                        silence.lasts().toMinutes(),
                        Math.max(1, silence.limit().toMinutes()));
    }
}
