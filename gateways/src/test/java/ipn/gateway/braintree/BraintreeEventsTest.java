package ipn.gateway.braintree;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact;
import ipn.fact.Fact.Attempt;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.Authorized;
import ipn.fact.Fact.Captured;
import ipn.fact.Fact.Dispute;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.FraudFlag;
import ipn.fact.Fact.Invoice;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Fact.Link;
import ipn.fact.Fact.LinkKind;
import ipn.fact.Fact.Reference;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Fact.Refund;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Fact.Subscription;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.fact.Money;
import ipn.gateway.Translation;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of the table, and what it means for money and access. */
class BraintreeEventsTest {
    private static final Money ALL = usd(2500);
    private static final Captured NOT_TAKEN = new Captured("t1", usd(0), Optional.empty());
    private static final Instant PAID_UNTIL = Instant.parse("2026-10-01T12:00:00Z");

    @Test
    void a_settled_transaction_is_money_and_a_settled_credit_is_a_refund() {
        assertThat(BraintreeSays.facts("transaction_settled", transaction("settled", "")))
                .containsExactly(new Captured("t1", ALL, Optional.empty()));
        var credit = transaction("settled", "<type>credit</type><refunded-transaction-id>t0</refunded-transaction-id>");
        assertThat(BraintreeSays.facts("transaction_settled", credit))
                .containsExactly(new Refund("t1", ALL, RefundStatus.SUCCEEDED));
        assertThat(BraintreeSays.paymentId("transaction_settled", credit)).isEqualTo("t0");
        assertThat(BraintreeSays.facts("transaction_settlement_declined", credit))
                .containsExactly(new Refund("t1", ALL, RefundStatus.FAILED));
        assertThat(BraintreeSays.facts("refund_failed", credit))
                .containsExactly(new Refund("t1", ALL, RefundStatus.FAILED));
    }

    @Test
    void a_settlement_that_is_declined_takes_back_what_counted_and_the_period_it_paid_for() {
        var declined = transaction(
                "settlement_declined",
                "<processor-response-code>4001</processor-response-code><subscription-id>s1</subscription-id>");
        assertThat(BraintreeSays.facts("transaction_settlement_declined", declined))
                .containsExactly(
                        new Attempt("t1", AttemptStatus.FAILED, "4001"),
                        NOT_TAKEN,
                        new Invoice(
                                "t1",
                                InvoiceStatus.FAILED,
                                Optional.of("braintree/main/s1"),
                                ALL,
                                usd(0),
                                Optional.empty(),
                                Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"settled", "settling", "settlement_confirmed", "submitted_for_settlement"})
    void a_retry_that_was_submitted_counts_as_taken(String status) {
        assertThat(BraintreeSays.facts("transaction_retried", transaction(status, "")))
                .containsExactly(new Captured("t1", ALL, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"authorizing,PENDING", "settlement_pending,PENDING", "voided,CANCELED", "authorization_expired,EXPIRED"
    })
    void a_retry_that_was_not_counts_as_what_it_says(String status, AttemptStatus attempt) {
        assertThat(BraintreeSays.facts("transaction_retried", transaction(status, "")))
                .containsExactly(new Attempt("t1", attempt, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"settlement_declined", "processor_declined", "gateway_rejected", "failed"})
    void a_retry_that_failed_has_failed(String status) {
        assertThat(BraintreeSays.facts("transaction_retried", transaction(status, "")))
                .containsExactly(new Attempt("t1", AttemptStatus.FAILED, ""), NOT_TAKEN);
    }

    @Test
    void a_retry_that_is_authorized_is_not_taken_yet() {
        assertThat(BraintreeSays.facts("transaction_retried", transaction("authorized", "")))
                .containsExactly(new Authorized("t1", ALL));
    }

    @ParameterizedTest
    @CsvSource({
        "approve,false,approved",
        "Approved,false,approved",
        "reject,true,not_approved",
        "who knows,true,not_approved"
    })
    void a_review_clears_or_flags(String decision, boolean raised, String reason) {
        var review =
                "<transaction-review><transaction-id>t1</transaction-id><decision>%s</decision></transaction-review>"
                        .formatted(decision);
        assertThat(BraintreeSays.facts("transaction_reviewed", review))
                .containsExactly(new FraudFlag("review", raised, reason));
        assertThat(BraintreeSays.paymentId("transaction_reviewed", review)).isEqualTo("t1");
    }

    @ParameterizedTest
    @CsvSource({
        "dispute_opened,chargeback,OPEN",
        "dispute_under_review,chargeback,OPEN",
        "dispute_disputed,pre_arbitration,OPEN",
        "dispute_won,chargeback,WON",
        "dispute_lost,chargeback,LOST",
        "dispute_accepted,chargeback,LOST",
        "dispute_auto_accepted,chargeback,LOST",
        "dispute_expired,chargeback,LOST",
        "dispute_opened,retrieval,INQUIRY",
        "dispute_expired,retrieval,CLOSED",
        "dispute_opened,something_new,OPEN"
    })
    void a_dispute_stands_as_its_kind_says(String event, String kind, DisputeStatus status) {
        var dispute = """
                <dispute><id>d1</id><kind>%s</kind><amount>30.00</amount><amount-disputed>25.00</amount-disputed>\
                <currency-iso-code>USD</currency-iso-code><reason>fraud</reason><transaction><id>t1</id></transaction></dispute>""".formatted(kind);
        assertThat(BraintreeSays.facts(event, dispute))
                .containsExactly(new Dispute("d1", Optional.of(ALL), status, "fraud"));
        assertThat(BraintreeSays.items(event, dispute).get(0))
                .satisfies(item -> assertThat(item.paymentKey()).isEqualTo("braintree/main/t1"))
                .satisfies(item -> assertThat(item.eventKey())
                        .isEqualTo("braintree/main/" + event + ":" + BraintreeSays.AT + ":d1"));
    }

    @Test
    void a_local_payment_meets_on_its_transaction_and_names_itself() {
        var link = new Link(LinkKind.PAID_BY, "braintree/main/lp1");
        var completed = "<local-payment><payment-id>lp1</payment-id>" + transaction("settled", "") + "</local-payment>";
        assertThat(BraintreeSays.facts("local_payment_completed", completed))
                .containsExactly(new Captured("t1", ALL, Optional.empty()), link);
        assertThat(BraintreeSays.paymentId("local_payment_completed", completed))
                .isEqualTo("t1");
        assertThat(BraintreeSays.facts("local_payment_completed", completed.replace("settled", "authorizing")))
                .containsExactly(new Attempt("t1", AttemptStatus.PENDING, ""), link);
        var funded = completed.replace("local-payment", "local-payment-funded");
        assertThat(BraintreeSays.facts("local_payment_funded", funded))
                .containsExactly(new Captured("t1", ALL, Optional.empty()), link);
        assertThat(BraintreeSays.paymentId("local_payment_funded", funded)).isEqualTo("t1");
    }

    @Test
    void a_local_payment_without_a_transaction_stands_alone() {
        var thing = "<local-payment><payment-id>lp1</payment-id></local-payment>";
        assertThat(BraintreeSays.paymentId("local_payment_completed", thing)).isEqualTo("lp1");
        assertThat(BraintreeSays.facts("local_payment_completed", thing))
                .containsExactly(new Attempt("lp1", AttemptStatus.PENDING, ""));
        assertThat(BraintreeSays.facts("local_payment_expired", thing))
                .containsExactly(new Attempt("lp1", AttemptStatus.EXPIRED, ""));
        assertThat(BraintreeSays.paymentId("local_payment_reversed", thing)).isEqualTo("lp1");
        assertThat(BraintreeSays.facts("local_payment_reversed", thing))
                .containsExactly(new Dispute("lp1", Optional.empty(), DisputeStatus.LOST, "local_payment_reversed"));
    }

    @ParameterizedTest
    @CsvSource({
        "subscription_went_active,ACTIVE",
        "subscription_trial_ended,ACTIVE",
        "subscription_went_past_due,PAST_DUE",
        "subscription_expired,EXPIRED"
    })
    void a_subscription_stands_as_the_event_says(String kind, SubscriptionStatus status) {
        assertThat(BraintreeSays.facts(kind, subscription("")))
                .containsExactly(status(status), new Fact.Sku("premium"));
        assertThat(BraintreeSays.paymentId(kind, subscription(""))).isEqualTo("s1");
    }

    @Test
    void a_canceled_subscription_is_canceled_whatever_is_paid() {
        assertThat(BraintreeSays.facts("subscription_canceled", subscription("")))
                .contains(status(SubscriptionStatus.CANCELED));
    }

    @Test
    void the_newest_transaction_of_a_charge_is_what_was_paid_wherever_it_stands() {
        var older = transaction("settled", "<created-at>2026-08-01T12:00:00Z</created-at>")
                .replace("t1", "t0");
        var newer = transaction("submitted_for_settlement", "<created-at>2026-09-01T12:00:00Z</created-at>");
        for (var both : List.of(older + newer, newer + older)) {
            assertThat(BraintreeSays.paymentId("subscription_charged_successfully", subscription(both)))
                    .isEqualTo("t1");
            assertThat(BraintreeSays.facts("subscription_charged_successfully", subscription(both)))
                    .contains(new Captured("t1", ALL, Optional.empty()), invoice("t1", InvoiceStatus.PAID, 2500));
        }
    }

    @Test
    void a_charge_tells_its_subscription_whose_it_is() {
        var charge = transaction(
                "submitted_for_settlement",
                "<order-id>o1</order-id><customer><id>c1</id></customer><custom-fields><user-id>u1</user-id>"
                        + "<product>premium</product></custom-fields>");
        var charged = "subscription_charged_successfully";
        assertThat(BraintreeSays.items(charged, subscription(charge)))
                .extracting(item -> item.paymentKey(), item -> item.eventKey())
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(
                                "braintree/main/t1", "braintree/main/" + charged + ":" + BraintreeSays.AT + ":s1:t1"),
                        org.assertj.core.api.Assertions.tuple(
                                "braintree/main/s1",
                                "braintree/main/" + charged + ":" + BraintreeSays.AT + ":s1:t1:subscription"));
        assertThat(BraintreeSays.understood(charged, subscription(charge), 1).facts())
                .containsExactly(
                        status(SubscriptionStatus.ACTIVE),
                        new Reference(ReferenceName.SUBJECT, "u1"),
                        new Reference(ReferenceName.PRODUCT, "premium"),
                        new Fact.Sku("premium"));
        assertThat(BraintreeSays.facts(charged, subscription(charge)))
                .contains(new Reference(ReferenceName.ORDER, "o1"), new Reference(ReferenceName.SUBJECT, "u1"));
    }

    @Test
    void a_charge_that_failed_without_a_transaction_is_past_due() {
        assertThat(BraintreeSays.items("subscription_charged_unsuccessfully", subscription("")))
                .hasSize(1);
        assertThat(BraintreeSays.facts("subscription_charged_unsuccessfully", subscription("")))
                .contains(status(SubscriptionStatus.PAST_DUE));
    }

    @Test
    void a_period_covered_by_credit_gives_access_and_moves_no_money() {
        var skipped = "subscription_billing_skipped";
        var told = subscription(transaction("settled", ""));
        assertThat(BraintreeSays.paymentId(skipped, told)).isEqualTo("s1:2026-09-01");
        assertThat(BraintreeSays.facts(skipped, told))
                .contains(invoice("s1:2026-09-01", InvoiceStatus.PAID, 0)
                        .with(new Fact.Breakdown(
                                Fact.InvoiceReason.OTHER,
                                0,
                                0,
                                800,
                                List.of(Fact.Line.of(List.of("premium"), 1, 800)
                                        .withPeriod(
                                                Optional.of(Instant.parse("2026-09-01T00:00:00Z")),
                                                Optional.of(PAID_UNTIL))))))
                .noneMatch(Captured.class::isInstance);
        assertThat(BraintreeSays.paymentId(skipped, subscription(""))).isEqualTo("s1");
        assertThat(BraintreeSays.facts(skipped, subscription(""))).contains(status(SubscriptionStatus.ACTIVE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check",
                "transaction_disbursed",
                "disbursement",
                "payment_method_revoked_by_customer",
                "of_tomorrow"
            })
    void what_tells_of_no_payment_is_ignored_and_keeps_its_name(String kind) {
        assertThat(BraintreeSays.translated(BraintreeSays.USUAL, kind, "<check>true</check>", 0))
                .isEqualTo(new Translation.Ignored(kind));
        assertThat(BraintreeSays.items(kind, "<check>true</check>").get(0).type())
                .isEqualTo(kind);
    }

    @Test
    void money_of_another_merchant_account_is_refused_where_one_is_configured() {
        var ours = BraintreeSays.USUAL.replace("mode: test", "mode: test, merchant-account: [mine, mine_too]");
        var theirs = transaction("settled", "<merchant-account-id>theirs</merchant-account-id>");
        assertThat(BraintreeSays.translated(ours, "transaction_settled", theirs, 0))
                .isInstanceOfSatisfying(
                        Translation.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.WRONG_RECEIVER));
        assertThat(BraintreeSays.translated(ours, "transaction_settled", theirs.replace("theirs", "mine_too"), 0))
                .isInstanceOf(Translation.Understood.class);
        assertThat(BraintreeSays.translated(ours, "transaction_settled", transaction("settled", ""), 0))
                .isInstanceOf(Translation.Understood.class);
        var any = BraintreeSays.USUAL.replace("mode: test", "mode: test, merchant-account: any");
        assertThat(BraintreeSays.translated(any, "transaction_settled", theirs, 0))
                .isInstanceOf(Translation.Understood.class);
    }

    @Test
    void yen_have_no_decimals() {
        var yen = transaction("settled", "").replace("USD", "JPY").replace("25.00", "980");
        assertThat(BraintreeSays.facts("transaction_settled", yen))
                .containsExactly(new Captured("t1", new Money(980, "JPY"), Optional.empty()));
    }

    private static String transaction(String status, String more) {
        return ("<transaction><id>t1</id><status>%s</status><amount>25.00</amount>"
                        + "<currency-iso-code>USD</currency-iso-code>%s</transaction>")
                .formatted(status, more);
    }

    private static String subscription(String transactions) {
        return """
                <subscription><id>s1</id><plan-id>premium</plan-id><price>8.00</price>\
                <billing-period-start-date type="date">2026-09-01</billing-period-start-date>\
                <billing-period-end-date type="date">2026-09-30</billing-period-end-date>\
                <paid-through-date type="date">2026-09-30</paid-through-date>\
                <transactions type="array">%s</transactions></subscription>""".formatted(transactions);
    }

    private static Invoice invoice(String id, InvoiceStatus status, long paid) {
        return new Invoice(
                id,
                status,
                Optional.of("braintree/main/s1"),
                usd(paid),
                usd(paid),
                Optional.of(Instant.parse("2026-09-01T00:00:00Z")),
                Optional.of(PAID_UNTIL));
    }

    private static Fact status(SubscriptionStatus status) {
        return new Subscription("s1", status, Optional.of(PAID_UNTIL), Optional.empty(), false, Optional.empty())
                .withItems(List.of(List.of("premium")));
    }

    private static Money usd(long cents) {
        return new Money(cents, "USD");
    }
}
