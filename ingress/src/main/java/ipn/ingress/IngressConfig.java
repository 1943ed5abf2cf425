package ipn.ingress;

import ipn.runtime.caller.Pem;
import ipn.seal.SealRole;
import ipn.seal.Sealer;
import ipn.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The section {@code ingress} of the settings.
 *
 * @param listen address, threads and TLS
 * @param limits bounds of sizes and counts
 * @param times bounds of times
 * @param clientAddressHeader header in which a trusted proxy appends the client's address; empty: clients connect directly
 * @param sealer seals what is stored, from section {@code seal}; empty: without a seal
 */
public record IngressConfig(
        Listen listen, Limits limits, Times times, Optional<String> clientAddressHeader, Optional<Sealer> sealer) {
    private static final int MIB = 1024 * 1024;
    /** Memory of a connection while the head of a request arrives: its bytes, and its fields as decoded. */
    private static final int CONNECTION_BYTES = 20 * 1024;
    /** Of the producer, beside the bytes in flight, and of the rest of the program. */
    private static final long OTHER_BYTES = 64L * MIB;

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
    public record Tls(String certificate, String key) {
        /** When the certificate ends, or one that it was issued by; empty if it cannot be read, and then the ingress does not start. */
        Optional<Instant> end() {
            try {
                return Optional.of(Pem.end(Files.readString(Path.of(certificate))));
            } catch (IOException | GeneralSecurityException e) {
                return Optional.empty();
            }
        }
    }

    /**
     * Bounds of sizes and counts.
     *
     * @param bodyBytesMax a larger body is rejected; before it is read if its length is declared
     * @param inFlightBytesMax bytes of all requests in flight; above it the response is 503. A client without an authentic
     *     delivery in the last hour gets a quarter of it, and all of them three quarters
     * @param connectionsMax further connections are closed at once. Clients without an authentic delivery in the last hour get
     *     three quarters of them
     * @param connectionsPerClientMax of one such client: an IPv4 address, or a /64 network of IPv6
     * @param rateLimit authentic deliveries per account and second; 0: no limit
     * @param refundsPerSecond further refunds and the like are stored in {@code ipn.raw-deferred}; 0: none is
     * @param verifiers threads for signatures too slow to verify on an event loop
     */
    public record Limits(
            int bodyBytesMax,
            int inFlightBytesMax,
            int connectionsMax,
            int connectionsPerClientMax,
            int rateLimit,
            int refundsPerSecond,
            int verifiers) {}

    /**
     * Bounds of times.
     *
     * @param head from a connection's first byte to the end of a request's headers
     * @param idle a connection without traffic for this long is closed
     * @param firstSuccess a connection of a client without an authentic delivery in the last hour is closed this long after it was opened
     * @param request from the headers to the response, in every case
     * @param publish for Kafka to store a notification; after it the response is 503
     * @param drain for requests in flight when the stage stops
     * @param retryAfter the header {@code Retry-After} of 503 and 429
     */
    public record Times(
            Duration head,
            Duration idle,
            Duration firstSuccess,
            Duration request,
            Duration publish,
            Duration drain,
            Duration retryAfter) {}

    /** Reads sections {@code ingress} and {@code seal}. */
    public static IngressConfig from(Settings settings) {
        var section = settings.in("ingress");
        var config = new IngressConfig(
                listen(section),
                limits(section),
                times(section),
                section.text("client-address-header"),
                Sealer.from(settings, SealRole.INGRESS));
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
                section.integer("in-flight-bytes-max", defaultInFlightBytes(), MIB, 1024 * MIB),
                section.integer("connections-max", defaultConnections(), 1, 1_000_000),
                section.integer("connections-per-client-max", 256, 1, 1_000_000),
                section.integer("rate-limit", 0, 0, 1_000_000),
                section.integer("refunds-per-second", 100, 0, 1_000_000),
                section.integer("verifiers", 4, 1, 64));
    }

    private static long heap() {
        return Runtime.getRuntime().maxMemory();
    }

    private static int defaultInFlightBytes() {
        return (int) Math.max(4 * MIB, Math.min(64L * MIB, heap() / 8));
    }

    private static int defaultConnections() {
        return (int) Math.max(100, Math.min(10_000, heap() / 4 / CONNECTION_BYTES));
    }

    private static Times times(Settings section) {
        return new Times(
                section.duration("header-deadline", Duration.ofSeconds(5), Duration.ofMinutes(1)),
                section.duration("idle-timeout", Duration.ofSeconds(60), Duration.ofMinutes(10)),
                section.duration("first-success-timeout", Duration.ofSeconds(10), Duration.ofMinutes(10)),
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
        reportMemory(section);
    }

    /** What strangers can fill must be smaller than the heap, or they could end the process. */
    private void reportMemory(Settings section) {
        // the bytes in flight twice: as received, and in the producer's buffer
        var needed = (long) CONNECTION_BYTES * limits.connectionsMax() + 2L * limits.inFlightBytesMax() + OTHER_BYTES;
        if (needed > heap() / 10 * 9) {
            section.problems()
                    .add(
                            section.full("connections-max") + ", " + section.full("in-flight-bytes-max"),
                            "%d MiB of memory (20 KiB a connection, 2 times in-flight-bytes-max, and 64 MiB)"
                                    .formatted(needed / MIB),
                            "at most nine tenths of the heap, %d MiB: lower them, or raise -Xmx"
                                    .formatted(heap() / 10 * 9 / MIB));
        }
    }
}
