package ipn.runtime.traces;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.settings.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The section {@code traces} of the settings, which all stages share.
 *
 * @param endpoint of a collector, for OTLP over HTTP; empty: there are no spans
 * @param headers of the requests to it; they may contain secrets
 * @param percent share of all traces that is exported whole
 * @param slowAfter what takes longer is exported as well
 * @param spansPerSecond of one stage, at most
 */
public record TraceSettings(
        Optional<URI> endpoint, Map<String, String> headers, int percent, Duration slowAfter, int spansPerSecond) {
    private static final String SECTION = "traces";

    /** Reads section {@code traces}. */
    public static TraceSettings from(Settings settings) {
        var section = settings.in(SECTION);
        return new TraceSettings(
                endpoint(section),
                Map.copyOf(section.passThrough("headers", name -> true)),
                section.integer("percent", 1, 0, 100),
                slowAfter(section),
                section.integer("spans-per-second", 200, 2, 100_000));
    }

    private static Duration slowAfter(Settings section) {
        var time = section.duration("slow-after", Duration.ofSeconds(1), Duration.ofHours(1));
        if (time.isZero()) {
            section.problems().add(section.full("slow-after"), "PT0S", "longer than zero, e.g. PT1S");
        }
        return time;
    }

    private static Optional<URI> endpoint(Settings section) {
        var text = section.text("endpoint");
        var url = text.flatMap(TraceSettings::url);
        if (text.isPresent() && url.isEmpty()) {
            // not shown: it may contain a password
            section.problems()
                    .add(
                            section.full("endpoint"),
                            "not usable",
                            "the whole URL of OTLP over HTTP, such as http://collector:4318/v1/traces; secrets only in traces.headers");
        }
        return url;
    }

    private static Optional<URI> url(String text) {
        try {
            var url = URI.create(text);
            var isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            return isHttp
                            && url.getHost() != null
                            && url.getRawUserInfo() == null
                            && url.getRawQuery() == null
                            && url.getRawFragment() == null
                            && url.getRawPath().length() > 1
                    ? Optional.of(url)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Starts to export.
     *
     * @param stage whose spans they are
     */
    public Traces start(String stage, MeterRegistry meters) {
        return endpoint.map(url -> Traces.exporting(this, url, stage, meters)).orElse(Traces.OFF);
    }

    @Override
    public String toString() {
        return "TraceSettings[%s, %d %%, slow after %s]".formatted(endpoint, percent, slowAfter);
    }
}
