package ipn.ingress;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.gateway.GatewayAccount;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A running ingress on a real Kafka. */
final class Live implements AutoCloseable {
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final KafkaSettings kafka;
    final IngressServer server;

    Live(String yaml, Clock clock, KafkaSettings kafka, GatewayAccount... accounts) {
        this.kafka = kafka;
        server = IngressServer.start(Ingress.config(yaml), TestAccount.accounts(accounts), kafka, registry, clock);
    }

    static KafkaSettings kafka(String servers, TopicCatalogue topics, Map<String, String> more) {
        var clients = new java.util.HashMap<>(more);
        clients.put("bootstrap.servers", servers);
        return new KafkaSettings(clients, Map.of("schema.registry.url", "mock://ingress"), topics);
    }

    Live awaitReady() {
        Ingress.await("ready", server::ready);
        return this;
    }

    Wire.Reply answerTo(Post post) {
        try (var wire = new Wire(server.port())) {
            return wire.send(post.bytes()).mustAnswer();
        }
    }

    double lagMillisMax() {
        return registry.get("ipn.ingress.event.loop.lag").timer().max(TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        server.close();
    }
}
