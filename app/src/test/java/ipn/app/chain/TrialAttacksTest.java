package ipn.app.chain;

import static ipn.app.chain.Edits.all;
import static ipn.app.chain.Edits.inDocument;
import static ipn.app.chain.Edits.set;
import static ipn.app.chain.Edits.variable;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.DiscrepancyKind;
import ipn.fact.Money;
import ipn.simulator.Draft;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Trials and periods that a payer wrote, or that are longer than what is sold. A trial that is sold grants. */
class TrialAttacksTest {
    private static final Period WEEK = Period.ofDays(7);
    private static final Period YEARS = Period.ofYears(5);
    private static final DateTimeFormatter PACIFIC = DateTimeFormatter.ofPattern("HH:mm:ss MMM dd, yyyy zzz", Locale.US)
            .withZone(ZoneId.of("America/Los_Angeles"));

    @TempDir
    private static Path folder;

    private static AttackedShop shop;

    private final Buyer buyer = shop.newBuyer();

    @BeforeAll
    static void open() throws IOException {
        shop = AttackedShop.open(folder, Map.of("stripe/main trusted-words", "[sku, trial]"));
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    /**
     * A subscription that begins with a free trial.
     *
     * @param start writes a trial of a length, and the SKU
     */
    private record Trial(
            String what, String gateway, String event, Money amount, Function<Offer, UnaryOperator<Draft>> start) {
        @Override
        public String toString() {
            return gateway + ": " + what;
        }
    }

    private record Offer(Period trial, String sku) {
        Instant end() {
            return Chain.NOW.atZone(ZoneOffset.UTC).plus(trial).toInstant();
        }

        /** As PayPal's buttons have it. */
        String button() {
            return trial.getYears() > 0 ? trial.getYears() + " Y" : trial.getDays() + " D";
        }
    }

    static Stream<Trial> trials() {
        return Stream.of(
                new Trial(
                        "a button with a free period",
                        "paypal-ipn",
                        "subscr_signup",
                        AttackedShop.PRICE,
                        offer -> all(variable("mc_amount1", "0.00"), variable("period1", offer.button()), item(offer))),
                new Trial(
                        "a button with two free periods",
                        "paypal-ipn",
                        "subscr_signup",
                        AttackedShop.PRICE,
                        offer -> all(
                                variable("mc_amount1", "0.00"),
                                variable("period1", "1 D"),
                                variable("mc_amount2", "0.00"),
                                variable("period2", offer.button()),
                                item(offer))),
                new Trial(
                        "a profile with a free period",
                        "paypal-ipn",
                        "subscr_signup",
                        AttackedShop.PRICE,
                        offer -> all(
                                variable("txn_type", "recurring_payment_profile_created"),
                                variable("period_type", "Trial"),
                                variable("amount", "0.00"),
                                variable("next_payment_date", PACIFIC.format(offer.end())),
                                item(offer))),
                new Trial(
                        "another plan",
                        "paypal",
                        "BILLING.SUBSCRIPTION.ACTIVATED",
                        AttackedShop.PRICE,
                        TrialAttacksTest::payPalTrial),
                new Trial(
                        "a subscription",
                        "stripe",
                        "customer.subscription.created",
                        AttackedShop.PRICE,
                        offer -> all(
                                set("/data/object/status", "trialing"),
                                set(
                                        "/data/object/trial_end",
                                        Long.toString(offer.end().getEpochSecond())),
                                set("/data/object/items/data/0/price", "{id: %s}".formatted(offer.sku())))),
                new Trial(
                        "a subscription",
                        "paddle",
                        "subscription.created",
                        AttackedShop.PRICE,
                        TrialAttacksTest::paddleTrial),
                new Trial(
                        "an introductory offer",
                        "apple",
                        "SUBSCRIBED.INITIAL_BUY",
                        AttackedShop.NOTHING,
                        offer -> Edits.none()),
                new Trial(
                        "an offer",
                        "google-play",
                        "SUBSCRIPTION_PURCHASED",
                        AttackedShop.NOTHING,
                        offer -> inDocument("subscriptionsv2", "/lineItems/0/offerPhase", "{freeTrial: {}}")));
    }

    private static UnaryOperator<Draft> item(Offer offer) {
        return variable("item_number", offer.sku());
    }

    private static UnaryOperator<Draft> payPalTrial(Offer offer) {
        return all(
                set("/resource/plan_id", offer.sku()),
                set(
                        "/resource/billing_info",
                        "{cycle_executions: [{tenure_type: TRIAL, sequence: 1}], next_billing_time: '%s'}"
                                .formatted(offer.end())));
    }

    private static UnaryOperator<Draft> paddleTrial(Offer offer) {
        return all(
                set("/data/status", "trialing"),
                set(
                        "/data/items",
                        "[{price: {id: %s}, quantity: 1, trial_dates: {ends_at: '%s'}}]"
                                .formatted(offer.sku(), offer.end())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("trials")
    void a_trial_that_is_sold_grants(Trial trial) {
        begin(trial, "premium-with-trial", WEEK);

        buyer.assertGranted();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("trials")
    void a_trial_longer_than_the_one_that_is_sold_grants_nothing(Trial trial) {
        begin(trial, "premium-with-trial", YEARS);

        buyer.assertMismatch(DiscrepancyKind.UNSOLD_TRIAL);
    }

    static Stream<Trial> trialsThatPayersCanWrite() {
        return trials().filter(trial -> trial.gateway().startsWith("paypal"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("trialsThatPayersCanWrite")
    void a_trial_of_a_product_that_is_sold_without_one_grants_nothing(Trial trial) {
        begin(trial, "premium", WEEK);

        buyer.assertMismatch(DiscrepancyKind.UNSOLD_TRIAL);
    }

    static Stream<Trial> trialsOfAnSku() {
        return trials().filter(trial -> Set.of("paypal", "paddle", "stripe").contains(trial.gateway()));
    }

    /** No money was paid, so nobody has to look at it. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("trialsOfAnSku")
    void a_word_of_the_payer_makes_nothing_else_of_the_trial_of_another_sku(Trial trial) {
        begin(trial, "premium-with-trial", new Offer(WEEK, AttackedShop.T_SHIRT));

        assertThat(buyer.access()).isEmpty();
        assertThat(buyer.deadLetters()).isEmpty();
    }

    private void begin(Trial trial, String product, Period length) {
        begin(trial, product, new Offer(length, product));
    }

    private void begin(Trial trial, String product, Offer offer) {
        var sample = buyer.sample(trial.gateway(), product, trial.amount(), offer.end());
        buyer.deliver(
                trial.gateway() + "/main", trial.event(), sample, trial.start().apply(offer));
    }

    /** A button contains the length of a period, too. */
    @ParameterizedTest
    @CsvSource({"subscr_payment", "recurring_payment", "recurring_payment_outstanding_payment"})
    void the_price_of_a_month_pays_for_a_month_of_a_button_that_says_years(String type) {
        var sample = buyer.sample("paypal-ipn", "premium", AttackedShop.PRICE, Chain.NOW);
        buyer.deliver(
                "paypal-ipn/main",
                "subscr_payment",
                sample,
                all(
                        variable("txn_type", type),
                        variable("next_payment_date", PACIFIC.format(new Offer(YEARS, "").end()))));

        assertThat(shop.chain().claimsOf(buyer.subject()))
                .extracting(claim -> claim.getUntil())
                .containsExactly(new Offer(Period.ofMonths(1), "").end());
    }
}
