package ipn.projector;

import static ipn.projector.Payments.invoice;
import static ipn.projector.Payments.payment;
import static ipn.projector.Projection.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Breakdown;
import ipn.avro.EntitlementEvent;
import ipn.avro.InvoiceLine;
import ipn.avro.InvoiceReason;
import ipn.avro.InvoiceStatus;
import ipn.avro.PaymentState;
import ipn.avro.Subscription;
import ipn.avro.SubscriptionItem;
import ipn.avro.SubscriptionStatus;
import ipn.projector.catalogue.Cancellation;
import ipn.projector.catalogue.KeepsAbove;
import ipn.projector.catalogue.Offers;
import ipn.projector.catalogue.Prices;
import ipn.projector.catalogue.Product;
import ipn.projector.catalogue.ProductCatalogue;
import ipn.projector.catalogue.Tolerance;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One subscription with two items, premium and ads: what happens to it happens to both entitlements. */
class SubscriptionItemsTest {
    private static final Instant MIDDLE = NOON.plus(Duration.ofDays(15));
    private static final Instant OCTOBER = Instant.parse("2026-10-01T12:00:00Z");
    private static final Instant NOVEMBER = Instant.parse("2026-11-01T12:00:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    private Projection projection;

    @BeforeEach
    void start() {
        projection = new Projection(
                folder,
                new ProductCatalogue(
                        Map.of(
                                "premium", product("premium"),
                                "price_premium", product("premium"),
                                "price_yearly", product("premium-yearly", "premium", Period.ofYears(1), 8000),
                                "pro", product("pro"),
                                "price_pro", product("pro"),
                                "ads", product("ads"),
                                "price_ads", product("ads")),
                        true,
                        "v1"));
        projection.applied(
                paid("in_1", line("price_premium", 800, NOON, OCTOBER), line("price_ads", 800, NOON, OCTOBER)));
    }

    @AfterEach
    void stop() {
        projection.close();
    }

    @Test
    void canceled_at_once_it_ends_both() {
        projection.applied(status(SubscriptionStatus.CANCELED, MIDDLE, "price_premium", "price_ads"));
        passUntil(MIDDLE);
        assertEnds("ads ENDED CANCELED " + MIDDLE, "premium ENDED CANCELED " + MIDDLE);
    }

    @Test
    void with_a_scheduled_cancellation_it_renews_neither() {
        var scheduled = status(SubscriptionStatus.ACTIVE, MIDDLE, "price_premium", "price_ads");
        scheduled.getSubscription().put("cancelScheduled", true);
        projection.applied(scheduled);
        passUntil(OCTOBER.plus(SECOND));
        assertEnds("ads ENDED RAN_OUT " + OCTOBER, "premium ENDED RAN_OUT " + OCTOBER);
    }

    @Test
    void past_due_it_is_the_reason_of_the_grace_of_both() {
        projection.applied(status(SubscriptionStatus.PAST_DUE, OCTOBER, "price_premium", "price_ads"));
        passUntil(OCTOBER.plus(SECOND));
        assertEnds("ads GRACE PAYMENT_FAILED " + OCTOBER, "premium GRACE PAYMENT_FAILED " + OCTOBER);
    }

    @Test
    void a_failed_renewal_of_both_is_the_reason_of_the_grace_of_both() {
        projection.applied(failed(
                "in_2", line("price_premium", 800, OCTOBER, NOVEMBER), line("price_ads", 800, OCTOBER, NOVEMBER)));
        passUntil(OCTOBER.plus(SECOND));
        assertEnds("ads GRACE PAYMENT_FAILED " + OCTOBER, "premium GRACE PAYMENT_FAILED " + OCTOBER);
    }

    @Test
    void paused_it_suspends_both() {
        projection.applied(status(SubscriptionStatus.PAUSED, MIDDLE, "price_premium", "price_ads"));
        passUntil(NOVEMBER);
        assertEnds("ads SUSPENDED PAUSED " + OCTOBER, "premium SUSPENDED PAUSED " + OCTOBER);
    }

    @Test
    void an_item_that_is_removed_is_not_renewed_and_the_other_is() {
        projection
                .applied(status(SubscriptionStatus.ACTIVE, NOON, "price_premium", "price_ads"))
                .applied(status(
                        SubscriptionStatus.ACTIVE, MIDDLE, List.of("price_ads", "price_premium"), "price_premium"));
        passUntil(OCTOBER.plus(SECOND));
        assertEnds("ads ENDED RAN_OUT " + OCTOBER, "premium GRACE AWAITING_RENEWAL " + OCTOBER);
    }

    @Test
    void an_item_that_was_removed_and_has_run_out_is_not_unpaid_later() {
        var ever = List.of("price_ads", "price_premium");
        projection.applied(status(SubscriptionStatus.ACTIVE, MIDDLE, ever, "price_premium"));
        passUntil(OCTOBER.plus(SECOND));
        projection.applied(status(SubscriptionStatus.UNPAID, OCTOBER.plus(SECOND), ever, "price_premium"));
        assertEnds("ads ENDED RAN_OUT " + OCTOBER, "premium ENDED PAYMENT_FAILED " + OCTOBER.plus(SECOND));
    }

    @Test
    void a_pause_after_an_item_was_removed_leaves_what_is_paid_of_it() {
        projection.applied(
                status(SubscriptionStatus.PAUSED, MIDDLE, List.of("price_ads", "price_premium"), "price_premium"));
        assertEnds("ads ACTIVE PAID " + OCTOBER, "premium SUSPENDED PAUSED " + OCTOBER);
    }

    @Test
    void an_item_that_comes_back_is_renewed_again() {
        projection
                .applied(status(
                        SubscriptionStatus.ACTIVE, MIDDLE, List.of("price_ads", "price_premium"), "price_premium"))
                .applied(status(SubscriptionStatus.ACTIVE, MIDDLE.plus(SECOND), "price_premium", "price_ads"));
        passUntil(OCTOBER.plus(SECOND));
        assertEnds("ads GRACE AWAITING_RENEWAL " + OCTOBER, "premium GRACE AWAITING_RENEWAL " + OCTOBER);
    }

    @Test
    void switched_to_another_product_it_ends_the_old_one_and_follows_the_new_one() {
        var ever = List.of("price_ads", "price_premium", "price_pro");
        projection
                .applied(paid(
                        "in_2", line("price_premium", -400, MIDDLE, OCTOBER), line("price_pro", 800, MIDDLE, OCTOBER)))
                .applied(status(SubscriptionStatus.ACTIVE, MIDDLE, ever, "price_pro", "price_ads"));
        passUntil(MIDDLE.plus(SECOND));
        assertEnds("ads ACTIVE PAID " + OCTOBER, "premium ENDED SWITCHED " + MIDDLE, "pro ACTIVE PAID " + OCTOBER);
        projection.applied(status(SubscriptionStatus.CANCELED, MIDDLE.plus(SECOND), ever, "price_pro", "price_ads"));
        assertEnds(
                "ads ENDED CANCELED " + MIDDLE.plus(SECOND),
                "premium ENDED SWITCHED " + MIDDLE,
                "pro ENDED CANCELED " + MIDDLE.plus(SECOND));
    }

    @Test
    void switched_from_a_year_to_a_month_without_a_credit_it_lasts_a_month() {
        var year = NOON.plus(Duration.ofDays(365));
        var november = NOON.plus(Duration.ofDays(45));
        projection
                .applied(paid("in_2", line("price_yearly", 8000, MIDDLE, year)))
                .applied(status(
                        SubscriptionStatus.ACTIVE, OCTOBER, List.of("price_premium", "price_yearly"), "price_premium"));
        assertThat(ends().get("premium")).isEqualTo("premium ACTIVE PAID " + year);
        projection.applied(paid("in_3", line("price_premium", 800, OCTOBER, november)));
        assertThat(ends().get("premium")).isEqualTo("premium ACTIVE PAID " + november);
    }

    @Test
    void an_item_of_a_trial_that_is_exchanged_takes_its_trial_with_it() {
        var trial = status(SubscriptionStatus.TRIALING, NOON, "price_pro");
        trial.getSubscription().put("trialEnd", OCTOBER);
        var exchanged =
                status(SubscriptionStatus.TRIALING, NOON.plus(SECOND), List.of("price_ads", "price_pro"), "price_ads");
        exchanged.getSubscription().put("trialEnd", NOVEMBER);
        projection.applied(trial);
        assertEnds("ads ACTIVE PAID " + OCTOBER, "premium ACTIVE PAID " + OCTOBER, "pro ACTIVE TRIAL " + OCTOBER);
        projection.applied(exchanged);
        assertThat(ends().get("pro")).startsWith("pro ENDED WITHDRAWN");
        assertThat(ends().get("ads")).isEqualTo("ads ACTIVE TRIAL " + NOVEMBER);
    }

    private final Map<String, EntitlementEvent> newest = new TreeMap<>();

    private Map<String, String> ends() {
        projection.events().forEach(event -> newest.put(event.getEntitlement(), event));
        var ends = new TreeMap<String, String>();
        newest.forEach((entitlement, event) -> ends.put(
                entitlement,
                String.join(
                        " ",
                        entitlement,
                        event.getStatus().name(),
                        event.getReason().name(),
                        String.valueOf(event.getUntil()))));
        return ends;
    }

    private void assertEnds(String... expected) {
        assertThat(ends().values()).containsExactly(expected);
    }

    private void passUntil(Instant time) {
        projection.pass(Duration.between(projection.now(), time));
    }

    private static PaymentState.Builder status(SubscriptionStatus status, Instant at, String... skus) {
        return status(status, at, List.of(skus), skus);
    }

    /** @param ever all names that the gateway reported so far */
    private static PaymentState.Builder status(
            SubscriptionStatus status, Instant at, List<String> ever, String... skus) {
        var subscription = Subscription.newBuilder()
                .setStatus(status)
                .setAt(at)
                .setItems(Stream.of(skus)
                        .map(sku -> new SubscriptionItem(List.of(sku)))
                        .toList())
                .build();
        return payment("sub_1").setSubscription(subscription).setSkus(ever).setReferences(Map.of("subject", "u_42"));
    }

    private static PaymentState.Builder paid(String id, InvoiceLine... lines) {
        var paid = Stream.of(lines).mapToLong(InvoiceLine::getAmount).sum();
        return withLines(invoice(id, InvoiceStatus.PAID, paid, lines[0].getFrom(), OCTOBER), lines);
    }

    private static PaymentState.Builder failed(String id, InvoiceLine... lines) {
        return withLines(invoice(id, InvoiceStatus.FAILED, 0, OCTOBER, NOVEMBER), lines);
    }

    private static PaymentState.Builder withLines(PaymentState.Builder payment, InvoiceLine... lines) {
        var invoice = payment.getInvoices().get(0);
        invoice.put("due", invoice.getPaid());
        invoice.put("breakdown", new Breakdown(InvoiceReason.RENEWAL, 0L, 0L, 0L, List.of(lines)));
        return payment.setReferences(Map.of("subject", "u_42"));
    }

    private static InvoiceLine line(String sku, long amount, Instant from, Instant until) {
        return InvoiceLine.newBuilder()
                .setSkus(List.of(sku))
                .setQuantity(1)
                .setAmount(amount)
                .setProration(amount < 0)
                .setFrom(from)
                .setUntil(until)
                .build();
    }

    /** Of an entitlement of its own; ends at once when it is canceled. */
    private static Product product(String name) {
        return product(name, name, Period.ofMonths(1), 800);
    }

    private static Product product(String name, String entitlement, Period interval, long price) {
        return new Product(
                name,
                entitlement,
                Product.Kind.SUBSCRIPTION,
                interval,
                Duration.ofDays(7),
                Cancellation.AT_ONCE,
                false,
                Prices.always(Map.of("USD", price)),
                Tolerance.NONE,
                Offers.USUAL,
                KeepsAbove.DEFAULT);
    }
}
