package ipn.projector;

import static ipn.projector.Payments.captured;
import static ipn.projector.Payments.invoice;
import static ipn.projector.Payments.key;
import static ipn.projector.Payments.payment;
import static ipn.projector.Projection.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Breakdown;
import ipn.avro.EntitlementEvent;
import ipn.avro.Invoice;
import ipn.avro.InvoiceLine;
import ipn.avro.InvoiceReason;
import ipn.avro.InvoiceStatus;
import ipn.avro.Order;
import ipn.avro.PaymentState;
import ipn.avro.Subscription;
import ipn.avro.SubscriptionItem;
import ipn.avro.SubscriptionStatus;
import ipn.avro.Totals;
import ipn.projector.catalogue.CatalogueHistory;
import ipn.projector.catalogue.CatalogueHistory.Entry;
import ipn.projector.catalogue.CatalogueSettings;
import ipn.projector.catalogue.ProductCatalogue;
import ipn.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings change between the payments of many users and late events of these payments. */
class ChangedSettingsTest {
    private static final Duration DAY = Duration.ofDays(1);
    static final Instant CHANGED = NOON.plus(DAY);
    private static final int USERS = 8;

    static final ProductCatalogue OLD = catalogue(
            "premium: {entitlement: premium, grace: P7D, prices: {USD: 800}, aliases: [price_1], keeps-above: 40},"
                    + " post: {entitlement: promotion, kind: once, prices: {USD: 2500}}",
            "MATCHED, OVERPAID, UNDERPAID, UNKNOWN_AMOUNT");

    @TempDir
    Path folder;

    static Stream<ProductCatalogue> changes() {
        var post = ", post: {entitlement: promotion, kind: once, prices: {USD: 2500}}";
        var grants = "MATCHED, OVERPAID, UNDERPAID, UNKNOWN_AMOUNT";
        return Stream.of(
                // spotless:off
                catalogue("premium: {entitlement: premium, grace: P7D, prices: {USD: 900}, aliases: [price_1]}" + post, "MATCHED"),
                catalogue("gold: {entitlement: premium, grace: P7D, prices: {USD: 800}, aliases: [price_1]}" + post, grants),
                catalogue("premium: {entitlement: gold, grace: P7D, prices: {USD: 800}, aliases: [price_1]}" + post, grants),
                catalogue("other: {entitlement: other, prices: {USD: 800}}", grants),
                catalogue("premium: {entitlement: premium, grace: PT1H, prices: {USD: 800}, aliases: [price_1]}" + post, grants),
                catalogue("premium: {entitlement: premium, grace: P7D, interval: P1Y, prices: {USD: 800}, aliases: [price_1]}" + post, grants),
                catalogue("premium: {entitlement: premium, grace: P7D, prices: {USD: 800}, aliases: [price_1], keeps-above: 95}" + post, grants),
                catalogue("premium: {entitlement: premium, grace: P7D, prices: {USD: 800}, aliases: [price_1], cancellation: at-once}" + post, grants),
                catalogue("premium: {entitlement: premium, grace: P7D, prices: {USD: 800}, aliases: [price_1], trial: P1D}" + post, grants),
                catalogue("premium: {entitlement: premium, grace: P7D, prices: {USD: 800}, aliases: [price_1]}" + post, "MATCHED"),
                catalogue("", "MATCHED"));
                // spotless:on
    }

    @ParameterizedTest
    @MethodSource("changes")
    void late_and_repeated_events_of_old_payments_change_nobody(ProductCatalogue changed) {
        var untouched = lateEvents(folder, CatalogueHistory.always(OLD));
        var late = lateEvents(folder, new CatalogueHistory(List.of(new Entry(NOON, OLD), new Entry(CHANGED, changed))));
        assertThat(late).isEqualTo(untouched);
        assertThat(untouched).hasSizeGreaterThan(3 * USERS);
        assertThat(lateEvents(folder, CatalogueHistory.always(changed)))
                .as("without the past, this change changes somebody")
                .isNotEqualTo(untouched);
    }

    /** What is emitted after a restart: by repeated and late events of what was paid before, and by time. */
    private static List<String> lateEvents(Path folder, CatalogueHistory restartedWith) {
        var emitted = new ArrayList<String>();
        var before = new Projection(folder, OLD);
        states(USERS).forEach(state -> before.applied(PaymentState.newBuilder(state)));
        orders(USERS).forEach(before::ordered);
        before.pass(DAY.multipliedBy(2));
        addEmitted(before, emitted);
        try (var after = before.restarted(folder, restartedWith)) {
            for (var day = 0; day < 60; day += 4) {
                if (day % 20 == 0) {
                    states(USERS).forEach(state -> after.applied(late(state)));
                    orders(USERS).forEach(after::ordered);
                }
                after.pass(DAY.multipliedBy(4));
            }
            addEmitted(after, emitted);
        }
        return emitted;
    }

    private static void addEmitted(Projection projection, List<String> emitted) {
        projection.events().forEach(event -> emitted.add(text(event)));
        projection.discrepancies().forEach(each -> emitted.add(each.getDiscrepancyId() + " " + each.getState()));
    }

    /** The gateway reports a fee long after the money was captured. */
    static PaymentState.Builder late(PaymentState state) {
        var totals = state.getTotals().stream()
                .map(each -> Totals.newBuilder(each).setFees(30).build())
                .toList();
        return PaymentState.newBuilder(state).setTotals(totals);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void any_order_of_arrival_around_the_change_gives_one_state(ProductCatalogue changed) {
        var history = new CatalogueHistory(List.of(new Entry(NOON, OLD), new Entry(CHANGED, changed)));
        var states = new ArrayList<>(states(USERS));
        states.addAll(renewals());
        var expected = end(history, states, new Random(0));
        for (var seed = 1; seed <= 4; seed++) {
            var shuffled = new ArrayList<>(states);
            Collections.shuffle(shuffled, new Random(seed));
            assertThat(end(history, shuffled, new Random(seed))).isEqualTo(expected);
        }
        assertThat(expected.access()).hasSizeGreaterThan(USERS);
    }

    private static End end(CatalogueHistory history, List<PaymentState> states, Random random) {
        var world = new World(history);
        states.forEach(world::published);
        orders(USERS).forEach(order -> world.ordered(order.build()));
        world.runAll(random);
        world.pass(DAY.multipliedBy(45), random);
        return world.end();
    }

    @Test
    void what_is_paid_after_the_change_is_judged_by_the_new_settings() {
        var raised = catalogue(
                "premium: {entitlement: premium, grace: P3D, prices: {USD: 900}, aliases: [price_1]},"
                        + " gift: {entitlement: gift, kind: once, prices: {USD: 300}}",
                "MATCHED");
        var history = new CatalogueHistory(List.of(new Entry(NOON, OLD), new Entry(CHANGED, raised)));
        try (var projection = new Projection(folder, history)) {
            projection
                    .applied(paid("pi_new", CHANGED, 900, "u_new", "premium"))
                    .applied(paid("pi_cheap", CHANGED, 800, "u_cheap", "premium"))
                    .applied(paid("pi_gift", CHANGED, 300, "u_gift", "gift"))
                    .applied(paid("pi_early", CHANGED.minusMillis(1), 300, "u_early", "gift"))
                    .applied(paid("pi_gone", CHANGED, 2500, "u_gone", "post"));
            assertThat(projection.events())
                    .extracting(EntitlementEvent::getSubject, EntitlementEvent::getPolicyVersion)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("u_new", raised.version()),
                            org.assertj.core.groups.Tuple.tuple("u_gift", raised.version()));
            assertThat(projection.discrepancies())
                    .extracting(each -> each.getSubject() + " " + each.getKind() + " " + each.getPolicyVersion())
                    .containsExactly(
                            "u_cheap UNDERPAID " + raised.version(),
                            "u_early UNKNOWN_PRODUCT " + OLD.version(),
                            "u_gone UNKNOWN_PRODUCT " + raised.version());
        }
    }

    @Test
    void a_renewal_is_judged_by_the_new_settings_also_under_the_payment_key_of_the_subscription() {
        var raised = catalogue("premium: {entitlement: premium, grace: P3D, prices: {USD: 900}}", "MATCHED");
        var history = new CatalogueHistory(List.of(new Entry(NOON, OLD), new Entry(CHANGED, raised)));
        try (var projection = new Projection(folder, history)) {
            var october = NOON.plus(DAY.multipliedBy(30));
            projection.applied(Payments.renewals(
                    Payments.renewal("in_1", NOON, october),
                    Payments.renewal("in_2", october, october.plus(DAY.multipliedBy(30)))));
            assertThat(projection.events())
                    .singleElement()
                    .satisfies(event -> assertThat(event.getUntil()).isEqualTo(october));
            assertThat(projection.discrepancies())
                    .singleElement()
                    .satisfies(each -> assertThat(each.getPaymentKey()).isEqualTo(key("sub_1")));
        }
    }

    /** Users of all kinds, whose money was taken before the settings change. */
    static List<PaymentState> states(int users) {
        var random = new Random(7);
        var states = new ArrayList<PaymentState>();
        for (var user = 0; user < users; user++) {
            var at = NOON.minus(Duration.ofHours(random.nextInt(24 * 20)));
            var until = at.plus(DAY.multipliedBy(30));
            var subject = "u_" + user;
            var subscription = key("sub_" + user);
            states.add(paid("pi_" + user, at, 600 + 100 * random.nextInt(5), subject, "premium")
                    .build());
            states.add(paid("post_" + user, at, 2500, subject, "post").build());
            states.add(line("in_" + user, subscription, 800, random.nextInt(3) * 200, at, until)
                    .setReferences(Map.of("subject", subject + "s"))
                    .build());
            var failed = invoice("failed_" + user, InvoiceStatus.FAILED, 0, until, until.plus(DAY.multipliedBy(30)))
                    .setReferences(Map.of("subject", subject + "s", "product", "premium"));
            failed.setInvoices(List.of(Invoice.newBuilder(failed.getInvoices().get(0))
                    .setSubscription(subscription)
                    .build()));
            if (user % 5 == 0 && until.isBefore(CHANGED)) {
                states.add(failed.build());
            }
            states.add(status(user, at));
            states.add(paid("order_" + user, at, 800, subject + "o", "premium")
                    .setReferences(Map.of("order", "o_" + user))
                    .build());
        }
        return states;
    }

    private static PaymentState status(int user, Instant at) {
        var statuses = List.of(SubscriptionStatus.ACTIVE, SubscriptionStatus.CANCELED, SubscriptionStatus.TRIALING);
        var status = statuses.get(user % 3);
        var subscription = Subscription.newBuilder()
                .setStatus(status)
                .setAt(at)
                .setFirstAt(at)
                .setItems(List.of(new SubscriptionItem(List.of("price_1"))))
                .setTrialEnd(status == SubscriptionStatus.TRIALING ? at.plus(DAY.multipliedBy(50)) : null)
                .build();
        return payment("sub_" + user)
                .setSubscription(subscription)
                .setSkus(List.of("price_1"))
                .setReferences(Map.of("subject", "u_" + user + "s"))
                .build();
    }

    /** Renewals at the same price, after the settings have changed. */
    private static List<PaymentState> renewals() {
        var states = new ArrayList<PaymentState>();
        for (var user = 0; user < USERS; user += 2) {
            var at = CHANGED.plus(DAY.multipliedBy(user % 9));
            states.add(line("in2_" + user, key("sub_" + user), 800, 0, at, at.plus(DAY.multipliedBy(30)))
                    .setReferences(Map.of("subject", "u_" + user + "s"))
                    .build());
        }
        return states;
    }

    static List<Order.Builder> orders(int users) {
        var orders = new ArrayList<Order.Builder>();
        for (var user = 0; user < users; user++) {
            orders.add(Order.newBuilder()
                    .setOrderId("o_" + user)
                    .setSubject("u_" + user + "o")
                    .setProduct("premium")
                    .setAmount(user % 2 == 0 ? 800 : 900)
                    .setCurrency("USD")
                    .setCreatedAt(NOON.minus(DAY.multipliedBy(21)))
                    .setLive(true));
        }
        return orders;
    }

    private static PaymentState.Builder paid(String id, Instant at, long amount, String subject, String product) {
        return captured(id, at, amount, 0).setReferences(Map.of("subject", subject, "product", product));
    }

    private static PaymentState.Builder line(
            String id, String subscription, long paid, long refunded, Instant from, Instant until) {
        var line = InvoiceLine.newBuilder()
                .setSkus(List.of("price_1"))
                .setQuantity(1)
                .setAmount(paid)
                .build();
        var state = invoice(id, InvoiceStatus.PAID, paid, from, until);
        return state.setInvoices(List.of(Invoice.newBuilder(state.getInvoices().get(0))
                .setSubscription(subscription)
                .setDue(paid)
                .setRefunded(refunded)
                .setRefundedAt(refunded > 0 ? from.plusSeconds(60) : null)
                .setBreakdown(new Breakdown(InvoiceReason.RENEWAL, 0L, 0L, 0L, List.of(line)))
                .build()));
    }

    private static String text(EntitlementEvent event) {
        var words = new TreeMap<String, Object>();
        words.put("revision", event.getRevision());
        words.put("status", event.getStatus());
        words.put("until", String.valueOf(event.getUntil()));
        words.put("grace", String.valueOf(event.getGraceUntil()));
        words.put("reason", event.getReason());
        words.put("product", String.valueOf(event.getProduct()));
        words.put("version", event.getPolicyVersion());
        return event.getSubject() + " " + event.getEntitlement() + " " + words;
    }

    static ProductCatalogue catalogue(String products, String grants) {
        var yaml = "{products: {" + products + "}, policy: {grants: [" + grants + "]}}";
        var settings = Settings.parse(yaml, Map.of(), Path.of(""));
        var catalogue = CatalogueSettings.from(settings, true);
        settings.problems().throwIfAny();
        return catalogue;
    }
}
