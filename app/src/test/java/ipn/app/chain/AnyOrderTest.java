package ipn.app.chain;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.app.SettingsSource;
import ipn.app.simulator.Fault;
import ipn.app.simulator.Outgoing;
import ipn.app.simulator.Sample;
import ipn.app.simulator.Sender;
import ipn.app.simulator.Senders;
import ipn.app.simulator.SimulatedGateway;
import ipn.app.simulator.Simulator;
import ipn.avro.Entitlement;
import ipn.avro.PaymentState;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Signed notifications of every gateway that can be simulated, through both stages: whatever order they come in and however
 * often, one payment state and one entitlement come out.
 */
class AnyOrderTest {
    private static final List<List<String>> STRIPE_POSTS = List.of(
            List.of("payment_intent.created", "payment_intent.processing", "payment_intent.succeeded"),
            List.of("payment_intent.payment_failed", "payment_intent.succeeded", "refund.created", "charge.refunded"),
            List.of("payment_intent.succeeded", "charge.dispute.created", "charge.dispute.closed.won"),
            List.of("payment_intent.succeeded", "charge.dispute.created", "charge.dispute.closed.lost"),
            List.of("payment_intent.succeeded", "radar.early_fraud_warning.created", "refund.created", "refund.failed"),
            List.of("payment_intent.amount_capturable_updated", "payment_intent.canceled"));
    private static final List<List<String>> STRIPE_PREMIUM = List.of(
            List.of(
                    "customer.subscription.created",
                    "invoice.paid",
                    "invoice_payment.paid",
                    "payment_intent.succeeded"),
            List.of(
                    "invoice.payment_failed",
                    "invoice.paid",
                    "invoice_payment.paid",
                    "payment_intent.succeeded",
                    "refund.created"),
            List.of("invoice.paid", "invoice_payment.paid", "charge.dispute.created", "charge.dispute.closed.lost"),
            List.of(
                    "customer.subscription.created",
                    "invoice.paid",
                    "customer.subscription.updated.will_cancel",
                    "customer.subscription.deleted"));
    private static final List<List<String>> PAYPAL_POSTS = List.of(
            List.of("web_accept.pending", "web_accept", "refund"),
            List.of("web_accept", "new_case", "reversed", "canceled_reversal"),
            List.of("web_accept", "reversed"));
    private static final List<List<String>> STANDARD_POSTS = List.of(
            List.of("payment.pending", "payment.succeeded", "refund.succeeded"),
            List.of("payment.failed", "payment.succeeded", "dispute.opened", "dispute.won"));

    @TempDir
    private static Path folder;

    private static Chain straight;
    private static Chain shuffled;

    @BeforeAll
    static void start() {
        straight = new Chain(folder.resolve("straight"));
        shuffled = new Chain(folder.resolve("shuffled"));
    }

    @AfterAll
    static void stop() {
        straight.close();
        shuffled.close();
    }

    static LongStream seeds() {
        return LongStream.range(0, 2_000);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void of_the_same_deliveries_ends_in_the_same_payment_and_the_same_entitlement(long seed) {
        var random = new SplittableRandom(seed);
        var sender = sender(List.of("stripe", "paypal-ipn", "standard-webhooks").get(random.nextInt(3)));
        var deliveries = deliveries(seed, sender, random);
        deliveries.forEach(each -> straight.deliver(sender.account(), each));
        again(deliveries, random).forEach(each -> shuffled.deliver(sender.account(), each));

        assertThat(payments(shuffled, seed)).isNotEmpty().isEqualTo(payments(straight, seed));
        assertThat(access(shuffled, seed)).isEqualTo(access(straight, seed));
    }

    @Test
    void rebuilt_from_what_is_stored_equals_the_live_one() {
        try (var live = new Chain(folder.resolve("live"));
                var rebuilt = new Chain(folder.resolve("rebuilt"))) {
            LongStream.range(0, 100).forEach(seed -> {
                var random = new SplittableRandom(seed);
                var sender = sender(
                        List.of("stripe", "paypal-ipn", "standard-webhooks").get(random.nextInt(3)));
                again(deliveries(seed, sender, random), random).forEach(each -> live.deliver(sender.account(), each));
            });
            live.stored().forEach(rebuilt::store);

            assertThat(rebuilt.payments()).hasSizeGreaterThan(100).isEqualTo(live.payments());
            assertThat(rebuilt.entitlements()).isNotEmpty().isEqualTo(live.entitlements());
        }
    }

    private static List<Outgoing> deliveries(long seed, Sender sender, SplittableRandom random) {
        var gateway = gateway(sender);
        var premium = gateway.name().equals("stripe") && random.nextBoolean();
        var plots = premium
                ? STRIPE_PREMIUM
                : gateway.name().equals("stripe")
                        ? STRIPE_POSTS
                        : gateway.name().equals("paypal-ipn") ? PAYPAL_POSTS : STANDARD_POSTS;
        var plot = plots.get(random.nextInt(plots.size()));
        var at = Chain.NOW.minusSeconds(7_200);
        var sent = new ArrayList<Outgoing>();
        for (var i = 0; i < plot.size(); i++) {
            // steps of zero or one second: within one second only the gateway's own order decides
            at = at.plusSeconds(random.nextInt(2));
            var ids = gateway.ids("S" + seed + "S");
            var sample = new Sample(
                    ids.withEvent(Optional.of(ids.event() + i)),
                    references(seed, premium),
                    new Money(premium ? 800 : 2500, "USD"),
                    at);
            sent.add(new Simulator(gateway, sender).notification(plot.get(i), sample, Fault.NONE, Chain.NOW));
        }
        return sent;
    }

    private static Map<ReferenceName, String> references(long seed, boolean premium) {
        return premium
                ? Map.of(ReferenceName.SUBJECT, subject(seed), ReferenceName.PRODUCT, "premium")
                : Map.of(
                        ReferenceName.SUBJECT,
                        subject(seed),
                        ReferenceName.PRODUCT,
                        "promoted-post",
                        ReferenceName.REFERENCE,
                        "post-" + seed);
    }

    private static List<Outgoing> again(List<Outgoing> deliveries, SplittableRandom random) {
        var all = new ArrayList<>(deliveries);
        deliveries.forEach(each -> all.addAll(Collections.nCopies(random.nextInt(3), each)));
        Collections.shuffle(all, new Random(random.nextLong()));
        return all;
    }

    private static Map<String, PaymentState> payments(Chain chain, long seed) {
        var mine = new TreeMap<>(chain.payments());
        mine.keySet().removeIf(key -> !key.contains("S" + seed + "S"));
        return mine;
    }

    /** What holds, without how often it changed on the way and what changed it last. */
    private static Map<String, String> access(Chain chain, long seed) {
        var holds = new TreeMap<String, String>();
        chain.entitlements().forEach((key, entitlement) -> {
            if (key.startsWith(subject(seed) + "/")) {
                holds.put(key, derived(entitlement));
            }
        });
        return holds;
    }

    private static String derived(Entitlement entitlement) {
        var last = entitlement.getLast();
        return String.join(
                " ",
                last.getStatus(),
                String.valueOf(last.getFrom()),
                String.valueOf(last.getUntil()),
                String.valueOf(last.getGraceUntil()),
                last.getReason());
    }

    private static String subject(long seed) {
        return "u-" + seed;
    }

    private static Sender sender(String gateway) {
        return Senders.of(SettingsSource.builtIn(Map.of()).read(), gateway, "main")
                .orElseThrow();
    }

    private static SimulatedGateway gateway(Sender sender) {
        return Simulator.gateways().stream()
                .filter(each -> each.name().equals(sender.account().gateway()))
                .findFirst()
                .orElseThrow();
    }
}
