package ipn.app.stack;

import ipn.app.BuildSchemas;
import ipn.app.EmbeddedConfig;
import ipn.app.IpnConfig;
import ipn.app.SettingsSource;
import ipn.app.UserException;
import ipn.embedded.BrokerOptions;
import ipn.embedded.EmbeddedBroker;
import ipn.embedded.EmbeddedException;
import ipn.embedded.EmbeddedRegistry;
import ipn.operations.schema.SchemaAdmin;
import ipn.operations.topic.TopicAdmin;
import ipn.runtime.process.Closing;
import ipn.simulator.GatewayStandIn;
import ipn.topics.KafkaSettings;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Starts what the stages need: broker, schema registry and topics; with the built-in test settings also the gateway stand-in.
 *
 * @param settings those of the plan, with the address of the gateway stand-in
 * @param config read from these settings, with the addresses of broker and registry
 * @param database of the query stage, which starts beside everything else
 */
record Foundation(SettingsSource settings, IpnConfig config, EmbeddedBroker broker, QueryDatabase database) {

    static Foundation start(StackPlan plan, Closing closing, Announcer announcer) {
        // problems of the settings are reported before anything starts
        var planned = IpnConfig.ofStack(plan.settings().read(), plan.data());
        PortCheck.requireFree(planned, plan.stages(), plan.settings().builtIn());
        var ports = planned.embedded();
        var database = closing.add("postgresql", QueryDatabase.begin(plan, planned));
        var broker = closing.add(
                "kafka",
                announcer.step(
                        "kafka",
                        () -> EmbeddedBroker.start(
                                plan.data().resolve("kafka"), ports.kafkaPort(), broker(plan, ports)),
                        EmbeddedBroker::bootstrapServers));
        var registry = closing.add(
                "registry",
                announcer.step(
                        "schema registry",
                        () -> EmbeddedRegistry.start(plan.data().resolve("schemas.json"), ports.registryPort()),
                        EmbeddedRegistry::url));
        var settings = plan.settings().builtIn()
                ? plan.settings().with(standIn(plan.settings(), ports, closing, announcer))
                : plan.settings();
        var read = IpnConfig.ofStack(settings.read(), plan.data());
        var config = read.withKafka(at(broker, registry, read.kafka()));
        announcer.step(
                "topics",
                () -> TopicAdmin.apply(config.kafka()),
                applied -> config.kafka().topics().prefix() + "*");
        announcer.step("schemas", () -> registered(config), applied -> "registered");
        return new Foundation(settings, config, broker, database);
    }

    /** A stack without stages serves those that run elsewhere, for long. */
    private static BrokerOptions broker(StackPlan plan, EmbeddedConfig ports) {
        var options = plan.stages().isEmpty() ? BrokerOptions.defaults().forLongRun() : BrokerOptions.defaults();
        return ports.kafkaAdvertisedPort() == 0
                ? options
                : options.with("advertised.listeners", "PLAINTEXT://127.0.0.1:" + ports.kafkaAdvertisedPort());
    }

    /** Registers the schemas; with an incompatible one, no stage could read what an earlier build wrote. */
    private static SchemaAdmin.Applied registered(IpnConfig config) {
        var schemas = BuildSchemas.of(
                config.kafka().topics(), config.projector().configuration().applicationId());
        var applied = new SchemaAdmin(config.kafka(), schemas).apply();
        if (!applied.remaining().isEmpty()) {
            var incompatible = applied.remaining().stream()
                    .map(difference -> difference.subject() + ", " + difference.detail())
                    .collect(Collectors.joining("; "));
            throw UserException.problem(
                    "schemas: incompatible with those of the build that wrote the data: %s (expected: compatible ones; choose another folder with --data, or run the build that wrote it)"
                            .formatted(incompatible));
        }
        return applied;
    }

    /** Starts the gateway stand-in; returns environment variables that make every account use it. */
    private static Map<String, String> standIn(
            SettingsSource builtIn, EmbeddedConfig ports, Closing closing, Announcer announcer) {
        var standIn = closing.add(
                "stand-in",
                announcer.step(
                        "gateway stand-in",
                        () -> standIn(ports.standInPort()),
                        started -> started.url().toString()));
        return standIn.environment(builtIn.read());
    }

    private static GatewayStandIn standIn(int port) {
        try {
            return GatewayStandIn.start(port);
        } catch (IOException e) {
            throw new EmbeddedException(
                    "port %d: already in use (expected: a free port; choose another with --stand-in-port)"
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
