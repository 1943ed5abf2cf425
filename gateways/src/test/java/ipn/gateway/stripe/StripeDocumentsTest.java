package ipn.gateway.stripe;

import static ipn.conformance.GatewayUnderTest.SIGNED_AT;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.fact.Money;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Item;
import ipn.gateway.Notification;
import ipn.gateway.Translation;
import ipn.topics.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects as Stripe's API shows them. */
class StripeDocumentsTest {
    private static final GatewayAccount ACCOUNT = new StripeUnderTest().account();
    private static final Money PAID = new Money(2500, "USD");
    private static final String INTENT =
            "{'id': 'pi_1', 'object': 'payment_intent', 'livemode': false, 'currency': 'usd', 'amount': 2500,"
                    + " 'amount_received': 0, 'amount_capturable': 2500, 'status': '%s'}";
    private static final String CHARGE =
            "{'id': 'ch_1', 'object': 'charge', 'payment_intent': 'pi_1', 'currency': 'usd', 'amount': 2500, 'amount_captured': 2500,"
                    + " 'amount_refunded': 1000, 'captured': true, 'refunded': false, 'status': 'succeeded'}";
    private static final String INVOICE =
            "{'id': 'in_1', 'object': 'invoice', 'currency': 'usd', 'amount_due': 2500, 'amount_paid': 2500, 'status': '%s'}";
    private static final String SESSION =
            "{'id': 'cs_1', 'object': 'checkout.session', 'mode': 'payment', 'payment_intent': 'pi_1', 'currency': 'usd',"
                    + " 'amount_total': 2500, 'payment_status': 'paid', 'status': '%s'}";

    @ParameterizedTest
    @CsvSource({
        "requires_payment_method, PENDING",
        "requires_confirmation, PENDING",
        "requires_action, PENDING",
        "processing, PENDING",
        "canceled, CANCELED"
    })
    void an_intent_not_paid_is_an_attempt(String status, AttemptStatus attempt) {
        assertThat(facts(INTENT.formatted(status))).containsExactly(new Fact.Attempt("pi_1", attempt, ""));
    }

    @Test
    void an_intent_stands_as_seen() {
        assertThat(facts(INTENT.formatted("requires_capture"))).containsExactly(new Fact.Authorized("pi_1", PAID));
        assertThat(facts(INTENT.formatted("succeeded").replace("received': 0", "received': 2500")))
                .containsExactly(new Fact.Captured("pi_1", PAID, Optional.empty()));
        assertThat(facts(INTENT.formatted(
                        "requires_payment_method', 'last_payment_error': {'code': 'card_declined'}, 'x': '")))
                .containsExactly(new Fact.Attempt("pi_1", AttemptStatus.FAILED, "card_declined"));
    }

    @Test
    void a_charge_tells_what_was_taken_and_what_went_back() {
        assertThat(facts(CHARGE))
                .containsExactly(
                        new Fact.Captured("pi_1", PAID, Optional.empty()),
                        new Fact.RefundTotal("pi_1", new Money(1000, "USD")));
        assertThat(facts(CHARGE.replace("1000", "0")))
                .containsExactly(new Fact.Captured("pi_1", PAID, Optional.empty()));
        assertThat(facts(CHARGE.replace("'captured': true", "'captured': false")))
                .containsExactly(new Fact.Authorized("pi_1", PAID));
    }

    @Test
    void refunds_disputes_and_subscriptions_stand_as_seen() {
        assertThat(
                        facts(
                                "{'id': 're_1', 'object': 'refund', 'payment_intent': 'pi_1', 'currency': 'usd', 'amount': 1000, 'status': 'failed'}"))
                .containsExactly(new Fact.Refund("re_1", new Money(1000, "USD"), RefundStatus.FAILED));
        assertThat(
                        facts(
                                "{'id': 'dp_1', 'object': 'dispute', 'payment_intent': 'pi_1', 'currency': 'usd', 'amount': 2500, 'status': 'lost', 'reason': 'fraudulent'}"))
                .containsExactly(new Fact.Dispute("dp_1", Optional.of(PAID), DisputeStatus.LOST, "fraudulent"));
        assertThat(facts("{'id': 'sub_1', 'object': 'subscription', 'status': 'canceled'}"))
                .containsExactly(new Fact.Subscription(
                        "sub_1",
                        SubscriptionStatus.CANCELED,
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"draft, OPEN", "open, OPEN", "paid, PAID", "uncollectible, UNCOLLECTIBLE", "void, VOID"})
    void an_invoice_stands_as_seen(String status, InvoiceStatus invoice) {
        assertThat(facts(INVOICE.formatted(status)))
                .containsExactly(new Fact.Invoice(
                        "in_1", invoice, Optional.empty(), PAID, PAID, Optional.empty(), Optional.empty()));
    }

    @Test
    void a_session_counts_once_it_is_over() {
        assertThat(facts(SESSION.formatted("complete")))
                .containsExactly(new Fact.Captured("pi_1", PAID, Optional.empty()));
        assertThat(facts(SESSION.formatted("expired")))
                .containsExactly(new Fact.Attempt("pi_1", AttemptStatus.ABANDONED, ""));
        assertThat(translated(SESSION.formatted("open")))
                .isEqualTo(new Translation.Ignored("fetched.checkout.session"));
    }

    @Test
    void they_meet_where_the_events_meet() {
        assertThat(List.of(
                        paymentId(INTENT),
                        paymentId(CHARGE),
                        paymentId(SESSION),
                        paymentId(INVOICE),
                        paymentId("{'id': 'sub_1', 'object': 'subscription', 'latest_invoice': 'in_1'}"),
                        paymentId("{'id': 're_1', 'object': 'refund', 'charge': 'ch_1'}"),
                        paymentId("{'id': 'acct_1', 'object': 'v2.core.account'}")))
                .containsExactly("pi_1", "pi_1", "pi_1", "in_1", "sub_1", "ch_1", "acct_1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v2.core.account", "customer", "payment_intents"})
    void other_objects_carry_no_fact(String kind) {
        assertThat(translated("{'id': 'x_1', 'object': '" + kind + "'}"))
                .isEqualTo(new Translation.Ignored("fetched." + kind));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'status': 'succeeded' | 'status': 'brand_new'       | MALFORMED",
                "'status': 'succeeded' | 'x': 1                      | MISSING_FIELD",
                "'object': 'payment_intent' | 'x': 1                 | MALFORMED",
                "'object': 'payment_intent' | 'object': 'a b'        | MALFORMED",
                "'id': 'pi_1'          | 'id': 'pi/1'                | INVALID_ID",
                "'id': 'pi_1'          | 'x': 1                      | MISSING_FIELD",
                "'livemode': false     | 'livemode': true            | WRONG_MODE",
                "'livemode': false     | 'livemode': 'no'            | MALFORMED",
                "'currency': 'usd'     | 'currency': 'XXX'           | UNKNOWN_CURRENCY",
                "'amount_received': 0  | 'amount_received': 'x'      | INVALID_AMOUNT",
                "'amount': 2500        | 'amount': 1, 'amount': 2    | DUPLICATE_KEY"
            })
    void an_object_that_makes_no_sense_is_refused(String sound, String senseless, Reason reason) {
        var intent = INTENT.formatted("succeeded");
        assertThat(intent).contains(sound.strip());
        assertThat(((Translation.Refused) translated(intent.replace(sound.strip(), senseless.strip()))).reason())
                .isEqualTo(reason);
    }

    @Test
    void an_object_is_as_new_as_the_event_that_told_of_it() {
        assertThat(understood(INTENT.formatted("succeeded")).occurredAt()).isEqualTo(SIGNED_AT);
        var seen = ThinEvents.seen("/v1/payment_intents/pi_1", INTENT.formatted("succeeded"));
        var alone = new Delivery(Map.of(), seen.body(), seen.receivedAt(), seen.fetchedFrom());
        assertThat(((Translation.Refused) ACCOUNT.translate(alone, item(alone))).reason())
                .isEqualTo(Reason.MISSING_FIELD);
    }

    @Test
    void seen_twice_because_of_one_event_is_one_event() {
        var intent = ThinEvents.seen("/v1/payment_intents/pi_1", INTENT.formatted("succeeded"));
        assertThat(item(intent))
                .isEqualTo(item(ThinEvents.seen("/v1/payment_intents/pi_1", INTENT.formatted("succeeded"))));
        assertThat(item(intent).eventKey())
                .isNotEqualTo(item(ThinEvents.seen("/v1/payment_intents/pi_1", INTENT.formatted("canceled")))
                        .eventKey());
    }

    private static Item item(Delivery delivery) {
        return ACCOUNT.identify(delivery).get(0);
    }

    private static String paymentId(String object) {
        return item(ThinEvents.seen("/v1/x", object)).paymentKey().replace("stripe/main/", "");
    }

    private static Translation translated(String object) {
        var delivery = ThinEvents.seen("/v1/x", object);
        return ACCOUNT.translate(delivery, item(delivery));
    }

    private static Notification understood(String object) {
        if (translated(object) instanceof Translation.Understood understood) {
            return understood.notification();
        }
        throw new AssertionError(translated(object));
    }

    private static List<Fact> facts(String object) {
        return understood(object).facts();
    }
}
