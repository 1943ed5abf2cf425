package ipn.ingress;

import ipn.settings.Settings;
import java.time.Duration;
import java.util.Optional;

/**
 * The section {@code ingress} of the settings.
 *
 * @param listen address, threads and TLS
 * @param limits bounds of sizes and counts
 * @param times bounds of times
 */
public record IngressConfig(Listen listen, Limits limits, Times times) {
    private static final int MIB = 1024 * 1024;

    /**
     * Where it listens.
     *
     * @param port 0: a free one
     * @param eventLoops threads that read and write sockets
     * @param tls empty: plain HTTP, behind a proxy that terminates TLS
     */
    public record Listen(String host, int port, int eventLoops, Optional<Tls> tls) {}

    /**
     * Files of TLS.
     *
     * @param certificate PEM file of the certificate and its chain
     * @param key PEM file of its private key
     */
    public record Tls(String certificate, String key) {}

    /**
     * Bounds of sizes and counts.
     *
     * @param bodyBytesMax a larger body is rejected; before it is read if its length is declared
     * @param inFlightBytesMax bytes of all requests in flight; above it the response is 503
     * @param connectionsMax further connections are closed at once
     * @param rateLimit authentic deliveries per account and second; 0: no limit
     * @param verifiers threads for signatures too slow to verify on an event loop
     */
    public record Limits(int bodyBytesMax, int inFlightBytesMax, int connectionsMax, int rateLimit, int verifiers) {}

    /**
     * Bounds of times.
     *
     * @param head from a connection's first byte to the end of a request's headers
     * @param idle a connection without traffic for this long is closed
     * @param request from the headers to the response, in every case
     * @param publish for Kafka to store a notification; after it the response is 503
     * @param drain for requests in flight when the stage stops
     * @param retryAfter the header {@code Retry-After} of 503 and 429
     */
    public record Times(
            Duration head, Duration idle, Duration request, Duration publish, Duration drain, Duration retryAfter) {}

    /** Reads section {@code ingress}. */
    public static IngressConfig from(Settings settings) {
        var section = settings.in("ingress");
        var config = new IngressConfig(listen(section), limits(section), times(section));
        config.reportContradictions(section);
        return config;
    }

    private static Listen listen(Settings section) {
        var cores = Runtime.getRuntime().availableProcessors();
        return new Listen(
                section.text("host", "127.0.0.1"),
                section.integer("port", 8080, 0, 65_535),
                section.integer("event-loops", Math.min(cores, 16), 1, 64),
                tls(section.in("tls")));
    }

    private static Optional<Tls> tls(Settings section) {
        var certificate = section.text("certificate");
        var key = section.text("key");
        if (certificate.isPresent() != key.isPresent()) {
            var absent = certificate.isPresent() ? "key" : "certificate";
            section.problems().add(section.full(absent), "missing", "a PEM file: TLS needs certificate and key");
        }
        return certificate.flatMap(pem -> key.map(its -> new Tls(pem, its)));
    }

    private static Limits limits(Settings section) {
        return new Limits(
                section.integer("body-bytes-max", MIB, 1024, 4 * MIB),
                section.integer("in-flight-bytes-max", 64 * MIB, MIB, 1024 * MIB),
                section.integer("connections-max", 10_000, 1, 1_000_000),
                section.integer("rate-limit", 0, 0, 1_000_000),
                section.integer("verifiers", 4, 1, 64));
    }

    private static Times times(Settings section) {
        return new Times(
                section.duration("header-deadline", Duration.ofSeconds(5), Duration.ofMinutes(1)),
                section.duration("idle-timeout", Duration.ofSeconds(60), Duration.ofMinutes(10)),
                section.duration("request-deadline", Duration.ofMillis(4_500), Duration.ofMinutes(1)),
                section.duration("publish-timeout", Duration.ofSeconds(3), Duration.ofSeconds(30)),
                section.duration("drain-timeout", Duration.ofSeconds(10), Duration.ofMinutes(5)),
                section.duration("retry-after", Duration.ofSeconds(5), Duration.ofHours(1)));
    }

    private void reportContradictions(Settings section) {
        var problems = section.problems();
        if (times.publish().compareTo(times.request()) >= 0) {
            problems.add(section.full("publish-timeout"), times.publish().toString(), "less than request-deadline");
        }
        if (times.idle().compareTo(times.request()) <= 0) {
            problems.add(section.full("idle-timeout"), times.idle().toString(), "more than request-deadline");
        }
        if (times.head().isZero() || times.publish().compareTo(Duration.ofMillis(100)) < 0) {
            problems.add(
                    section.full(times.head().isZero() ? "header-deadline" : "publish-timeout"),
                    "too short",
                    "at least PT0.1S");
        }
        if (limits.inFlightBytesMax() < 2 * limits.bodyBytesMax()) {
            problems.add(
                    section.full("in-flight-bytes-max"),
                    Integer.toString(limits.inFlightBytesMax()),
                    "at least twice body-bytes-max");
        }
    }
}
