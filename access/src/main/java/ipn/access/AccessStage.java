package ipn.access;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.access.order.OrderRoutes;
import ipn.access.order.OrderWrites;
import ipn.client.AccessCache;
import ipn.client.AccessSettings;
import ipn.client.follow.SchemaSource;
import ipn.runtime.metrics.Metric;
import ipn.runtime.process.Closing;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The access service: a cache that follows Kafka, and a server that answers from it. */
public final class AccessStage implements AutoCloseable {
    private final Closing closing = new Closing();
    private final AccessCache cache;
    private final Optional<OrderWrites> orders;
    private final AccessServer server;

    private AccessStage(AccessConfig config, KafkaSettings kafka, MeterRegistry meters) {
        cache = closing.add("cache", AccessCache.open(settings(config, kafka)));
        try {
            orders = config.orders().enabled()
                    ? Optional.of(closing.add("orders", orders(config, kafka, meters)))
                    : Optional.empty();
            server = closing.add(
                    "server",
                    AccessServer.start(config, CountedAccess.of(cache, meters), orders.map(OrderRoutes::new)));
            closing.add("watch of the settings", config.listen().watch(server::serve, meters));
        } catch (RuntimeException e) {
            closing.close();
            throw e;
        }
        Metric.ACCESS_ENTRIES.gauge(meters, cache, now -> now.status().entries());
        Metric.ACCESS_BYTES.gauge(meters, cache, now -> now.status().bytes());
        Metric.ACCESS_DATA_AGE_SECONDS.gauge(meters, cache, AccessStage::age);
    }

    /** Starts it; it is ready once everything is loaded, and answers from its file before. */
    public static AccessStage start(AccessConfig config, KafkaSettings kafka, MeterRegistry meters) {
        return new AccessStage(config, kafka, meters);
    }

    private static OrderWrites orders(AccessConfig config, KafkaSettings kafka, MeterRegistry meters) {
        return OrderWrites.start(kafka, config.orders(), meters, Clock.systemUTC());
    }

    private static AccessSettings settings(AccessConfig config, KafkaSettings kafka) {
        return AccessSettings.of(kafka.clients(), schemas(kafka))
                .withTopic(kafka.topics().name(TopicCatalogue.ENTITLEMENT_STATE))
                .withFile(config.file())
                .withStartTimeout(Duration.ZERO);
    }

    /** The registry's own client, with all that the settings say about it. */
    private static SchemaSource schemas(KafkaSettings kafka) {
        var client = kafka.registryClient();
        return id -> {
            try {
                return client.getSchemaById(id).canonicalString();
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException("schema %d: not found".formatted(id), e);
            }
        };
    }

    private static double age(AccessCache cache) {
        return cache.status()
                .asOf()
                .map(asOf -> Duration.between(asOf, Clock.systemUTC().instant()).toMillis() / 1000.0)
                .orElse(Double.NaN);
    }

    /** Whether everything was loaded at least once. */
    public boolean ready() {
        return cache.status().asOf().isPresent();
    }

    /** What an operator should know. */
    public Optional<String> note() {
        if (!ready()) {
            return Optional.of("loading");
        }
        return orders.filter(each -> !each.loaded()).map(each -> "orders are not loaded, and none is accepted");
    }

    /** The port of the server. */
    public int port() {
        return server.port();
    }

    /** What answers. */
    public AccessCache cache() {
        return cache;
    }

    @Override
    public void close() {
        closing.close();
    }
}
