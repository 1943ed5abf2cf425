package ipn.bench.gateway;

import ipn.app.SettingsSource;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import ipn.gateway.Accounts;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Item;
import ipn.gateway.Translation.Understood;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.standardwebhooks.StandardWebhooksGateway;
import ipn.gateway.standardwebhooks.StandardWebhooksSignature;
import ipn.settings.Settings;
import ipn.simulator.DeliveryClient;
import ipn.simulator.Fault;
import ipn.simulator.GatewayStandIn;
import ipn.simulator.Outgoing;
import ipn.simulator.RandomTokens;
import ipn.simulator.Sample;
import ipn.simulator.Senders;
import ipn.simulator.SimulatedGateway;
import ipn.simulator.Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A built-in test account of a gateway with one authentic delivery, which the simulated gateway signed.
 *
 * @param name the name of the gateway, with a suffix if the gateway is measured twice
 * @param now the time of the signature and of the authentication
 */
public record MeasuredGateway(String name, GatewayAccount account, Delivery delivery, Instant now) {
    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
    /** One request could by chance complete at once, so one attempt is not enough. */
    private static final int ATTEMPTS = 20;

    private static final String ED25519 = StandardWebhooksGateway.NAME + "-ed25519";
    /** The key pair of RFC 8032, 7.1, test 1. It is public and protects nothing. */
    private static final String ED25519_PRIVATE = "whsk_nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";

    private static final String ED25519_PUBLIC = "whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

    /** Answers requests to gateways; it runs until the process ends. */
    private static final class StandIn {
        static final GatewayStandIn STARTED = start();

        private static GatewayStandIn start() {
            try {
                return GatewayStandIn.start(0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Every gateway that the simulator supports. */
    public static List<MeasuredGateway> all() {
        return names().stream().map(MeasuredGateway::named).toList();
    }

    /** The names of all measured gateways, sorted. */
    static List<String> names() {
        var names = new ArrayList<>(Senders.gateways());
        names.add(ED25519);
        names.sort(null);
        return List.copyOf(names);
    }

    /** @throws IllegalArgumentException if the name is unknown */
    static MeasuredGateway named(String name) {
        if (name.equals(ED25519)) {
            return ed25519(named(StandardWebhooksGateway.NAME));
        }
        return measured(Simulator.find(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "gateway: %s (expected: one of %s)".formatted(name, String.join(", ", names())))));
    }

    private static MeasuredGateway measured(SimulatedGateway gateway) {
        var builtIn = SettingsSource.builtIn(Map.of());
        var settings = builtIn.with(StandIn.STARTED.environment(builtIn.read())).read();
        var account = Accounts.from(settings).find(gateway.name(), "main").orElseThrow();
        var sender = Senders.find(settings, gateway.name(), "main").orElseThrow();
        var simulator = new Simulator(gateway, sender);
        var sent = gateway.events().stream()
                .map(event -> simulator.notification(event, sample(gateway), Fault.NONE, NOW))
                .toList();
        var outgoing = sent.stream()
                .filter(each -> hasFacts(account, each.received(NOW)))
                .findFirst()
                .orElse(sent.get(0)); // a notification without facts: they are in the document that it refers to
        registerDocuments(outgoing);
        return new MeasuredGateway(gateway.name(), account, outgoing.received(NOW), NOW);
    }

    private static boolean hasFacts(GatewayAccount account, Delivery delivery) {
        return account.translate(delivery, account.identify(delivery).get(0)) instanceof Understood;
    }

    private static void registerDocuments(Outgoing outgoing) {
        try {
            new DeliveryClient().register(StandIn.STARTED.url(), outgoing.documents());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Sample sample(SimulatedGateway gateway) {
        var references = Map.of(
                ReferenceName.ORDER, "order-1", ReferenceName.SUBJECT, "user-1", ReferenceName.PRODUCT, "premium");
        return new Sample(gateway.ids(RandomTokens.fresh()), references, new Money(999, "USD"), NOW);
    }

    /** The same notification with an Ed25519 signature, the second scheme of Standard Webhooks. */
    private static MeasuredGateway ed25519(MeasuredGateway hmac) {
        var settings = Settings.parse(
                "gateways: {%s: {main: {mode: test, secrets: 'test:%s'}}}"
                        .formatted(StandardWebhooksGateway.NAME, ED25519_PUBLIC),
                Map.of(),
                Path.of(""));
        var account = Accounts.from(settings)
                .find(StandardWebhooksGateway.NAME, "main")
                .orElseThrow();
        settings.verify();
        var body = hmac.delivery().body();
        var id = "msg_TEST0000000000000000ED255";
        var headers = Map.of(
                "content-type", List.of("application/json"),
                "webhook-id", List.of(id),
                "webhook-timestamp", List.of(Long.toString(hmac.now().getEpochSecond())),
                "webhook-signature",
                        List.of(StandardWebhooksSignature.sign(id, hmac.now(), body.array(), ED25519_PRIVATE)));
        var delivery = new Delivery(headers, body, hmac.delivery().receivedAt());
        return new MeasuredGateway(ED25519, account, delivery, hmac.now());
    }

    Verdict authenticate() {
        return account.authenticate(delivery, now).toCompletableFuture().join();
    }

    /**
     * The verdict on the delivery.
     *
     * @throws IllegalStateException if the delivery is not authentic
     */
    public Genuine genuine() {
        if (authenticate() instanceof Genuine genuine) {
            return genuine;
        }
        throw new IllegalStateException(name + ": the notification of the simulator is not authentic");
    }

    Item item() {
        return account.identify(delivery).get(0);
    }

    /** The median time of a verification, after as many verifications for warm-up. */
    public double verificationMicros(int times) {
        var nanos = new long[times];
        for (var i = 0; i < 2 * times; i++) {
            var startedAt = System.nanoTime();
            genuine();
            nanos[i % times] = System.nanoTime() - startedAt;
        }
        Arrays.sort(nanos);
        return nanos[times / 2] / 1000.0;
    }

    /** True if each authentication sends a request to the gateway: the verdict is then not available at once. */
    public boolean sendsRequests() {
        genuine();
        for (var i = 0; i < ATTEMPTS; i++) {
            var verdict = account.authenticate(delivery, now).toCompletableFuture();
            if (!verdict.isDone()) {
                verdict.join();
                return true;
            }
        }
        return false;
    }
}
