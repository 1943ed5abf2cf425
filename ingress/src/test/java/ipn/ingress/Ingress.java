package ipn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.avro.RejectedAttempt;
import ipn.gateway.Accounts;
import ipn.gateway.GatewayAccount;
import ipn.ingress.log.Deferral;
import ipn.polling.Polling;
import ipn.runtime.traces.Traces;
import ipn.settings.Settings;
import ipn.topics.TopicCatalogue;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A running ingress whose raw log is a list. */
final class Ingress implements AutoCloseable {
    static final Deferral NOTHING_WAITS =
            IngressServer.deferral(config("refunds-per-second: 0"), TopicCatalogue.defaults());

    final FakeRawLog raw = new FakeRawLog();
    final List<RejectedAttempt> rejected = new CopyOnWriteArrayList<>();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final IngressServer server;

    Ingress(String yaml, GatewayAccount... accounts) {
        this(config(yaml), TestAccount.accounts(accounts), Traces.OFF);
    }

    /** With spans. */
    Ingress(Traces traces, GatewayAccount... accounts) {
        this(config(""), TestAccount.accounts(accounts), traces);
    }

    private Ingress(IngressConfig config, Accounts accounts, Traces traces) {
        var logs = new IngressServer.Logs(
                "ipn.raw", raw, IngressServer.deferral(config, TopicCatalogue.defaults()), rejected::add);
        server = new IngressServer(config, accounts, logs, registry, traces, Clock.fixed(Post.NOW, ZoneOffset.UTC));
    }

    /** A free port and two event loops; {@code yaml} is what stands below {@code ingress:}, in braces. */
    static IngressConfig config(String yaml) {
        var settings = Settings.parse(
                yaml.isEmpty() ? "" : "ingress: {" + yaml + "}",
                yaml.contains("port:") ? Map.of() : Map.of("IPN_INGRESS_PORT", "0", "IPN_INGRESS_EVENT_LOOPS", "2"),
                Path.of(""));
        var config = IngressConfig.from(settings);
        settings.verify();
        return config;
    }

    Wire open() {
        return new Wire(server.port());
    }

    /** From another address of loopback: another client. */
    Wire openFrom(String address) {
        return new Wire(server.port(), address);
    }

    double connections() {
        return registry.get("ipn.ingress.connections").gauge().value();
    }

    Optional<Wire.Reply> send(Post post) {
        try (var wire = open()) {
            return wire.send(post.bytes()).answer();
        }
    }

    Wire.Reply answerTo(Post post) {
        return send(post).orElseThrow(() -> new AssertionError("closed without an answer"));
    }

    int statusOf(Post post) {
        return answerTo(post).status();
    }

    double bytesInFlight() {
        return registry.get("ipn.ingress.in.flight.bytes").gauge().value();
    }

    double lagMillisMax() {
        return registry.get("ipn.ingress.event.loop.lag").timer().max(TimeUnit.MILLISECONDS);
    }

    double requests(String outcome) {
        return registry.find("ipn.ingress.requests").tag("outcome", outcome).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    static void await(String what, BooleanSupplier condition) {
        assertThat(Polling.upTo(Duration.ofSeconds(20)).until(condition))
                .as(what)
                .isTrue();
    }

    @Override
    public void close() {
        server.close();
    }
}
