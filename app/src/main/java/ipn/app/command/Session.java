package ipn.app.command;

import ipn.app.IpnConfig;
import ipn.app.SettingsSource;
import ipn.app.UserException;
import ipn.app.output.JsonView;
import ipn.app.output.Table;
import ipn.app.output.Terminal;
import ipn.app.readmodel.QueryAddress;
import ipn.decision.ApprovalPolicy;
import ipn.decision.DecisionLimits;
import ipn.operations.ClientPrincipal;
import ipn.processor.ProcessorStage;
import ipn.projector.ProjectorStage;
import ipn.projector.catalogue.CatalogueHistory;
import ipn.projector.history.CatalogueTopic;
import ipn.settings.Settings;
import ipn.settings.SettingsException;
import ipn.topics.KafkaSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What every command uses: the options of the root, the environment, the terminal. */
public final class Session {
    private final IpnCommand root;
    private final Map<String, String> environment;
    private final Terminal terminal;

    public Session(IpnCommand root, Map<String, String> environment, Terminal terminal) {
        this.root = root;
        this.environment = Map.copyOf(environment);
        this.terminal = terminal;
    }

    public Terminal terminal() {
        return terminal;
    }

    public Path data() {
        return root.data;
    }

    public Map<String, String> environment() {
        return environment;
    }

    public boolean json() {
        return root.json;
    }

    /** The settings file, or the built-in test settings if there is none. */
    public SettingsSource settingsOrBuiltIn() {
        var config = root.config();
        if (config.isEmpty() && !Files.exists(IpnCommand.USUAL_CONFIG)) {
            return SettingsSource.builtIn(environment);
        }
        return settings();
    }

    /**
     * The settings file, for a command that requires one.
     *
     * @throws UserException if there is none
     */
    public SettingsSource settings() {
        var config = root.config().orElse(IpnCommand.USUAL_CONFIG.toString());
        if (config.equals(SettingsSource.BUILT_IN)) {
            return SettingsSource.builtIn(environment);
        }
        var file = Path.of(config);
        if (!Files.isRegularFile(file)) {
            throw UserException.usage(
                    "--config: %s does not exist (expected: a settings file, see ipn.example.yaml, or 'built-in' for the built-in test settings)"
                            .formatted(file));
        }
        return new SettingsSource(Optional.of(file), environment);
    }

    /**
     * Kafka settings: those of the settings file, if there is one, else those of the stack that runs on {@code --data}.
     *
     * @throws UserException if the broker or the schema registry does not answer
     */
    public KafkaSettings kafka() {
        var kafka = kafkaSettings();
        Reachability.require(List.of(Reachability.broker(kafka), Reachability.registry(kafka)));
        return kafka;
    }

    /** As {@link #kafka}, for a command that needs no schema registry. */
    public KafkaSettings broker() {
        var kafka = kafkaSettings();
        Reachability.require(List.of(Reachability.broker(kafka)));
        return kafka;
    }

    /** As {@link #kafka}, for a command that needs the schema registry only. */
    public KafkaSettings registry() {
        var kafka = kafkaSettings();
        Reachability.require(List.of(Reachability.registry(kafka)));
        return kafka;
    }

    private KafkaSettings kafkaSettings() {
        return IpnConfig.kafka(commandSettings(), data());
    }

    /**
     * How the query stage is reached.
     *
     * @throws SettingsException if {@code query.url} or {@code query.token} is wrong
     */
    public QueryAddress queryAddress() {
        var settings = commandSettings();
        var address = QueryAddress.from(settings, data());
        settings.problems().throwIfAny();
        return address;
    }

    /** Application id of the processor, which is its consumer group. */
    public String processorId() {
        return applicationId("processor", ProcessorStage.APPLICATION_ID);
    }

    /** Application id of the projector, which is its consumer group and the prefix of its internal topics. */
    public String projectorId() {
        return applicationId("projector", ProjectorStage.APPLICATION_ID);
    }

    /** Whom the Kafka settings authenticate as. */
    public Optional<ClientPrincipal> principal() {
        return ClientPrincipal.named(kafkaSettings().client());
    }

    /** How much a person may decide alone. */
    public DecisionLimits decisionLimits() {
        var settings = commandSettings();
        var limits = DecisionLimits.from(settings);
        settings.problems().throwIfAny();
        return limits;
    }

    /**
     * Which decisions need approval, as the projector judges it: by the policy of {@code ipn.catalogues}; by these settings while no projector has
     * started.
     */
    public ApprovalPolicy approval(KafkaSettings kafka) {
        return new CatalogueTopic(kafka)
                .read()
                .history()
                .map(CatalogueHistory::approval)
                .orElseGet(() -> {
                    var kinds = decisionLimits().approval();
                    return (kind, at) -> kinds.contains(kind);
                });
    }

    /** Names of the products that give an entitlement, from the settings or the built-in test settings. */
    public List<String> productsOf(String entitlement) {
        var products = settingsOrBuiltIn().read().in("products");
        return products.names().stream()
                .filter(name -> products.in(name).text("entitlement", name).equals(entitlement))
                .toList();
    }

    /** Whether a product of the settings gives access to one thing only, such as a campaign. */
    public boolean isScoped(String product) {
        return settingsOrBuiltIn().read().in("products").in(product).has("scope");
    }

    private String applicationId(String stage, String byDefault) {
        var settings = commandSettings();
        var id = settings.in(stage).text("application-id", byDefault);
        settings.problems().throwIfAny();
        return id;
    }

    private Settings commandSettings() {
        return root.config().isEmpty() && !Files.exists(IpnCommand.USUAL_CONFIG)
                ? Settings.parse("", environment, Path.of(""))
                : settings().read();
    }

    /** Prints a result as JSON with {@code --json}, else as a table. */
    public void show(@Nullable Object value, Supplier<Table> table) {
        if (root.json) {
            print(value);
        } else {
            terminal.show(table.get());
        }
    }

    /** Prints a result as JSON. */
    public void print(@Nullable Object value) {
        terminal.printText(JsonView.pretty(value));
    }
}
