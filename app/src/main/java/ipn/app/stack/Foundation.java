package ipn.app.stack;

import ipn.app.EmbeddedConfig;
import ipn.app.IpnConfig;
import ipn.app.SettingsSource;
import ipn.app.simulator.PayPalStandIn;
import ipn.embedded.BrokerOptions;
import ipn.embedded.EmbeddedBroker;
import ipn.embedded.EmbeddedException;
import ipn.embedded.EmbeddedRegistry;
import ipn.operations.TopicAdmin;
import ipn.topics.KafkaSettings;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * What the stages stand on: broker, registry, topics; beside the built-in settings also somebody who answers for PayPal.
 *
 * @param settings as planned, and where PayPal is really asked
 * @param config read from these, and where Kafka and the registry really are
 */
record Foundation(SettingsSource settings, IpnConfig config, EmbeddedBroker broker) {

    static Foundation lay(StackPlan plan, Closing closing, Announcer announcer) {
        // whatever is wrong with the settings is said before anything starts
        var planned = IpnConfig.from(plan.settings().read(), plan.data());
        PortCheck.requireFree(planned, plan.stages(), plan.settings().builtIn());
        var ports = planned.embedded();
        var broker = closing.add(
                "kafka",
                announcer.step(
                        "kafka",
                        () -> EmbeddedBroker.start(
                                plan.data().resolve("kafka"), ports.kafkaPort(), BrokerOptions.defaults()),
                        EmbeddedBroker::bootstrapServers));
        var registry = closing.add(
                "registry",
                announcer.step(
                        "schema registry",
                        () -> EmbeddedRegistry.start(plan.data().resolve("schemas.json"), ports.registryPort()),
                        EmbeddedRegistry::url));
        var settings =
                plan.settings().builtIn() ? plan.settings().with(paypal(ports, closing, announcer)) : plan.settings();
        var read = IpnConfig.from(settings.read(), plan.data());
        var config = read.withKafka(at(broker, registry, read.kafka()));
        announcer.step(
                "topics",
                () -> TopicAdmin.apply(config.kafka()),
                applied -> config.kafka().topics().prefix() + "*");
        return new Foundation(settings, config, broker);
    }

    private static Map<String, String> paypal(EmbeddedConfig ports, Closing closing, Announcer announcer) {
        var standIn = closing.add(
                "paypal stand-in",
                announcer.step(
                        "paypal stand-in",
                        () -> standIn(ports.paypalPort()),
                        started -> started.url().toString()));
        return Map.of("IPN_GATEWAYS_PAYPAL_IPN_MAIN_VERIFY_URL", standIn.url().toString());
    }

    private static PayPalStandIn standIn(int port) {
        try {
            return PayPalStandIn.start(port);
        } catch (IOException e) {
            throw new EmbeddedException(
                    "port %d: already in use (expected: a free port; choose another with --paypal-port)"
                            .formatted(port),
                    e);
        }
    }

    private static KafkaSettings at(EmbeddedBroker broker, EmbeddedRegistry registry, KafkaSettings read) {
        var clients = new HashMap<>(read.clients());
        clients.put("bootstrap.servers", broker.bootstrapServers());
        var registries = new HashMap<>(read.registry());
        registries.put("schema.registry.url", registry.url());
        return new KafkaSettings(clients, registries, read.topics());
    }
}
