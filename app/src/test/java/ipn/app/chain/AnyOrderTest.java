package ipn.app.chain;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.app.SettingsSource;
import ipn.app.life.Life;
import ipn.app.life.Lives;
import ipn.avro.Entitlement;
import ipn.avro.PaymentState;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import ipn.gateway.Accounts;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Item;
import ipn.settings.Settings;
import ipn.simulator.Fault;
import ipn.simulator.GatewayStandIn;
import ipn.simulator.Outgoing;
import ipn.simulator.Sample;
import ipn.simulator.Sender;
import ipn.simulator.Senders;
import ipn.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Signed notifications of every gateway that can be simulated, through both stages: whatever order they come in and however
 * often, one payment state, one entitlement and one set of books come out.
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
    /** Events of those plots that by themselves say who has paid for what. */
    private static final List<String> PAID = List.of("payment_intent.succeeded", "invoice.paid");

    private static final List<Life> LIVES = Lives.all().toList();

    @TempDir
    private static Path folder;

    private static GatewayStandIn standIn;
    private static Settings settings;
    private static Accounts accounts;
    private static Chain straight;
    private static Chain shuffled;

    @BeforeAll
    static void start() throws IOException {
        standIn = GatewayStandIn.start(0);
        // no time passes here, so all that is looked at is looked at in one second
        var builtIn = SettingsSource.builtIn(Map.of("IPN_GATEWAYS_MOLLIE_MAIN_FETCH_PER_SECOND", "10000"));
        settings = builtIn.with(standIn.environment(builtIn.read())).read();
        accounts = Accounts.from(settings);
        straight = new Chain(folder.resolve("straight"), accounts);
        shuffled = new Chain(folder.resolve("shuffled"), accounts);
    }

    @AfterAll
    static void stop() {
        straight.close();
        shuffled.close();
        standIn.close();
    }

    static LongStream seeds() {
        return LongStream.range(0, Integer.getInteger("any-order.seeds", 100));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void of_the_same_deliveries_ends_in_the_same_payment_the_same_entitlement_and_the_same_books(long seed) {
        var random = new SplittableRandom(seed);
        var story = Story.of(seed, random);
        story.deliveries().forEach(each -> straight.deliver(story.sender(), each));
        again(story.deliveries(), random).forEach(each -> shuffled.deliver(story.sender(), each));

        var payments = payments(straight, story);
        assertThat(payments(shuffled, story)).as("payments").isNotEmpty().isEqualTo(payments);
        assertThat(access(shuffled, seed)).as("access").isEqualTo(access(straight, seed));
        if (story.paid()) {
            assertThat(access(straight, seed))
                    .as("access of whoever paid at %s", story.sender().account())
                    .hasSize(1);
        }
        for (var key : story.paymentKeys()) {
            var books = shuffled.books(key);
            assertThat(books).as("books of %s", key).isEqualTo(straight.books(key));
            assertThat(books.values().stream().mapToLong(Long::longValue).sum())
                    .as("sum of all accounts of %s", key)
                    .isZero();
            assertThat(clearing(books))
                    .as("cash on clearing accounts, by the books of %s", key)
                    .isEqualTo(cash(payments.get(key)));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void refunds_that_wait_end_in_the_same_state_and_none_is_lost(long seed) {
        var random = new SplittableRandom(seed + 1_000_000);
        var story = Story.of(seed + 1_000_000, random);
        var order = DeferredOrder.of(story.deliveries(), story::mayWait, random);
        assertThat(order).containsAll(story.deliveries());
        story.deliveries().forEach(each -> straight.deliver(story.sender(), each));
        order.forEach(each -> shuffled.deliver(story.sender(), each));

        assertThat(payments(shuffled, story)).isNotEmpty().isEqualTo(payments(straight, story));
        assertThat(access(shuffled, seed + 1_000_000)).isEqualTo(access(straight, seed + 1_000_000));
        for (var key : story.paymentKeys()) {
            assertThat(shuffled.books(key)).as("books of %s", key).isEqualTo(straight.books(key));
        }
    }

    @Test
    void rebuilt_from_what_is_stored_equals_the_live_one() {
        try (var live = new Chain(folder.resolve("live"), accounts);
                var rebuilt = new Chain(folder.resolve("rebuilt"), accounts)) {
            LongStream.range(0, 100).forEach(seed -> {
                var random = new SplittableRandom(seed);
                var story = Story.of(seed, random);
                again(story.deliveries(), random).forEach(each -> live.deliver(story.sender(), each));
            });
            live.stored().forEach(rebuilt::store);

            assertThat(rebuilt.payments()).hasSizeGreaterThan(100).isEqualTo(live.payments());
            assertThat(rebuilt.entitlements()).hasSizeGreaterThan(50).isEqualTo(live.entitlements());
        }
    }

    /**
     * What one gateway tells, in the order in which it happened.
     *
     * @param paid one of the deliveries by itself says who has paid for what
     */
    private record Story(Sender sender, List<Outgoing> deliveries, boolean paid) {

        /** A plot of Stripe's, or most of what happens in a whole life with any of the gateways. */
        static Story of(long seed, SplittableRandom random) {
            var kind = random.nextInt(LIVES.size() + 2);
            return kind < LIVES.size() ? life(seed, LIVES.get(kind), random) : plot(seed, kind == LIVES.size(), random);
        }

        private static Story life(long seed, Life life, SplittableRandom random) {
            var simulator = simulator(life.gateway());
            var times = times(life.steps().size(), random);
            var all = life.notifications(simulator, "S" + seed + "S", subject(seed), Chain.NOW, times);
            var most = IntStream.range(0, all.size())
                    .filter(number -> random.nextInt(4) > 0)
                    .boxed()
                    .toList();
            var told = most.isEmpty() ? IntStream.range(0, all.size()).boxed().toList() : most;
            return new Story(
                    simulator.sender(),
                    told.stream().map(all::get).toList(),
                    told.stream()
                            .anyMatch(number -> life.steps().get(number).event().equals(life.paid())));
        }

        private static Story plot(long seed, boolean premium, SplittableRandom random) {
            var simulator = simulator("stripe");
            var plots = premium ? STRIPE_PREMIUM : STRIPE_POSTS;
            var plot = plots.get(random.nextInt(plots.size()));
            var times = times(plot.size(), random);
            var sent = new ArrayList<Outgoing>();
            for (var i = 0; i < plot.size(); i++) {
                var ids = simulator.gateway().ids("S" + seed + "S");
                var sample = new Sample(
                        ids.withEvent(Optional.of(ids.event() + i)),
                        references(seed, premium),
                        new Money(premium ? 800 : 2500, "USD"),
                        times.get(i));
                sent.add(simulator.notification(plot.get(i), sample, Fault.NONE, Chain.NOW));
            }
            return new Story(simulator.sender(), sent, PAID.stream().anyMatch(plot::contains));
        }

        private static Simulator simulator(String gateway) {
            return new Simulator(
                    Simulator.find(gateway).orElseThrow(),
                    Senders.find(settings, gateway, "main").orElseThrow());
        }

        /** Steps of zero or one second: within one second only the gateway's own order decides. */
        private static List<Instant> times(int count, SplittableRandom random) {
            return Stream.iterate(Chain.NOW.minusSeconds(7_200), at -> at.plusSeconds(random.nextInt(2)))
                    .limit(count)
                    .toList();
        }

        /** On which keys it meets. */
        Set<String> paymentKeys() {
            return deliveries.stream()
                    .flatMap(each -> account().identify(each.received(Chain.NOW)).stream())
                    .map(Item::paymentKey)
                    .collect(Collectors.toSet());
        }

        boolean mayWait(Outgoing delivery) {
            return account().identify(delivery.received(Chain.NOW)).stream().anyMatch(account()::mayWait);
        }

        private GatewayAccount account() {
            return accounts.find(sender.account().gateway(), "main").orElseThrow();
        }
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

    private static Map<String, PaymentState> payments(Chain chain, Story story) {
        var mine = new TreeMap<>(chain.payments());
        mine.keySet().retainAll(story.paymentKeys());
        return mine;
    }

    private static long clearing(Map<String, Long> books) {
        return books.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("clearing/"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Captured, less what went back, is held back or was kept as fees. */
    private static long cash(PaymentState payment) {
        return payment.getTotals().stream()
                .mapToLong(totals -> totals.getCaptured()
                        - totals.getRefunded()
                        - totals.getDisputed()
                        - totals.getLost()
                        - totals.getFees())
                .sum();
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
                last.getStatus().name(),
                String.valueOf(last.getFrom()),
                String.valueOf(last.getUntil()),
                String.valueOf(last.getGraceUntil()),
                last.getReason().name());
    }

    private static String subject(long seed) {
        return "u-" + seed;
    }
}
