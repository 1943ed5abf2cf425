package ipn.bench;

import ipn.conformance.GatewayUnderTest;
import ipn.conformance.Sample;
import ipn.conformance.TestAccounts;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Item;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.standardwebhooks.StandardWebhooksGateway;
import ipn.gateway.standardwebhooks.StandardWebhooksSignature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * An account of a gateway with one authentic delivery, as the gateway's own tests know them.
 *
 * @param name of the gateway, and what sets the account apart where one gateway is measured twice
 * @param now when the delivery is judged: soon after it was signed, however long ago that was
 */
record MeasuredGateway(String name, GatewayAccount account, Delivery delivery, Instant now) {
    /** A gateway that is asked each time could answer one question at once by chance, not all of them. */
    private static final int QUESTIONS = 20;

    private static final String ED25519 = StandardWebhooksGateway.NAME + "-ed25519";
    /** The key pair of RFC 8032, 7.1, test 1: known to everybody. */
    private static final String ED25519_PRIVATE = "whsk_nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";

    private static final String ED25519_PUBLIC = "whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

    /** Every gateway on the class path. */
    static List<MeasuredGateway> all() {
        return names().stream().map(MeasuredGateway::of).toList();
    }

    /** Their names, sorted. */
    static List<String> names() {
        var names = new ArrayList<>(byName().keySet());
        names.add(ED25519);
        names.sort(null);
        return List.copyOf(names);
    }

    /** @throws IllegalArgumentException if there is none of that name */
    static MeasuredGateway of(String name) {
        var gateways = byName();
        if (name.equals(ED25519) && gateways.containsKey(StandardWebhooksGateway.NAME)) {
            return ed25519(of(gateways.get(StandardWebhooksGateway.NAME)));
        }
        var gateway = gateways.get(name);
        if (gateway == null) {
            throw new IllegalArgumentException(
                    "gateway: %s (expected: one of %s)".formatted(name, String.join(", ", names())));
        }
        return of(gateway);
    }

    private static Map<String, GatewayUnderTest> byName() {
        var all = new TreeMap<String, GatewayUnderTest>();
        ServiceLoader.load(GatewayUnderTest.class).forEach(gateway -> all.put(gateway.name(), gateway));
        return all;
    }

    private static MeasuredGateway of(GatewayUnderTest gateway) {
        var sent = gateway.samples().stream().filter(Sample::isSent).toList();
        var sample = sent.stream()
                .filter(each -> each.expected().stream()
                        .anyMatch(expected -> !expected.facts().isEmpty()))
                .findFirst()
                .orElseThrow();
        return new MeasuredGateway(gateway.name(), gateway.account(), sample.delivery(), gateway.signedAt(sample));
    }

    /** The same words, signed the other way Standard Webhooks knows. */
    private static MeasuredGateway ed25519(MeasuredGateway hmac) {
        var account = TestAccounts.open(
                StandardWebhooksGateway.NAME, "{mode: test, secrets: 'env:PUBLIC'}", Map.of("PUBLIC", ED25519_PUBLIC));
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

    Verdict judge() {
        return account.authenticate(delivery, now).toCompletableFuture().join();
    }

    /** @throws IllegalStateException if the delivery is not found genuine: then nothing about it is worth measuring */
    Genuine genuine() {
        if (judge() instanceof Genuine genuine) {
            return genuine;
        }
        throw new IllegalStateException(name + ": its own sample is not authentic");
    }

    Item item() {
        return account.identify(delivery).get(0);
    }

    /** The median of so many verifications, after as many to warm up. */
    double verifyingMicros(int times) {
        var nanos = new long[times];
        for (var i = 0; i < 2 * times; i++) {
            var began = System.nanoTime();
            genuine();
            nanos[i % times] = System.nanoTime() - began;
        }
        Arrays.sort(nanos);
        return nanos[times / 2] / 1000.0;
    }

    /** True where even the answer to a question asked before is not there at once: then it is fetched every time. */
    boolean asksEachTime() {
        genuine();
        for (var i = 0; i < QUESTIONS; i++) {
            var judged = account.authenticate(delivery, now).toCompletableFuture();
            if (!judged.isDone()) {
                judged.join();
                return true;
            }
        }
        return false;
    }
}
