package ipn.gateway.apple;

import static ipn.gateway.apple.AppleSays.AT;
import static ipn.gateway.apple.AppleSays.PAID_UNTIL;
import static ipn.gateway.apple.AppleSays.says;
import static ipn.gateway.apple.AppleUnderTest.usd;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.InvoiceReason;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Money;
import ipn.gateway.Translation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppleEventsTest {
    private static final Fact.Line LINE =
            Fact.Line.of(List.of("premium"), 1, 800).withPeriod(Optional.of(AT), Optional.of(PAID_UNTIL));
    private static final Fact.Invoice BILL = new Fact.Invoice(
                    "2001",
                    InvoiceStatus.PAID,
                    Optional.of("apple/main/2000"),
                    usd(800),
                    usd(800),
                    Optional.of(AT),
                    Optional.of(PAID_UNTIL))
            .with(new Fact.Breakdown(InvoiceReason.SWITCH, 0, 0, 0, List.of(LINE)));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SUBSCRIBED.INITIAL_BUY",
                "SUBSCRIBED.RESUBSCRIBE",
                "OFFER_REDEEMED.INITIAL_BUY",
                "OFFER_REDEEMED.RESUBSCRIBE",
                "OFFER_REDEEMED.UPGRADE",
                "DID_RENEW",
                "DID_RENEW.BILLING_RECOVERY",
                "DID_CHANGE_RENEWAL_PREF.UPGRADE",
                "RENEWAL_EXTENDED"
            })
    void a_period_that_was_paid_for(String type) {
        var said = says(type).understood();

        assertThat(said.type()).isEqualTo(type);
        assertThat(said.amount()).contains(usd(800));
        assertThat(said.facts())
                .contains(
                        new Fact.Captured("2001", usd(800), Optional.empty()),
                        BILL,
                        new Fact.Reference(ReferenceName.SUBJECT, "u-42"),
                        new Fact.Sku("premium"));
    }

    @Test
    void everything_about_a_subscription_meets_on_its_first_transaction() {
        assertThat(says("DID_RENEW").item().paymentKey()).isEqualTo("apple/main/2000");
        assertThat(says("DID_RENEW").item().eventKey()).isEqualTo("apple/main/uuid-1");
        assertThat(says("DID_RENEW.BILLING_RECOVERY").item().type()).isEqualTo("DID_RENEW.BILLING_RECOVERY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DID_CHANGE_RENEWAL_STATUS.AUTO_RENEW_ENABLED",
                "EXPIRED.VOLUNTARY",
                "DID_CHANGE_RENEWAL_PREF.DOWNGRADE"
            })
    void any_other_notification_says_again_what_was_paid_and_needs_no_price(String type) {
        assertThat(says(type).facts(Fact.Invoice.class)).containsExactly(BILL);
        assertThat(says(type).understood().amount()).isEmpty();
        assertThat(says(type).transaction("price", "").facts(Fact.Captured.class))
                .isEmpty();
    }

    @Test
    void a_thing_bought_once_is_a_bill_without_a_subscription() {
        var said = says("ONE_TIME_CHARGE").oneTime();

        assertThat(said.understood().facts())
                .containsExactlyInAnyOrder(
                        new Fact.Captured("2001", usd(800), Optional.empty()),
                        new Fact.Invoice(
                                        "2001",
                                        InvoiceStatus.PAID,
                                        Optional.empty(),
                                        usd(800),
                                        usd(800),
                                        Optional.of(AT),
                                        Optional.empty())
                                .with(new Fact.Breakdown(
                                        InvoiceReason.MANUAL,
                                        0,
                                        0,
                                        0,
                                        List.of(Fact.Line.of(List.of("premium"), 1, 800)
                                                .withPeriod(Optional.of(AT), Optional.empty())))),
                        new Fact.Reference(ReferenceName.SUBJECT, "u-42"),
                        new Fact.Sku("premium"));
    }

    @ParameterizedTest
    @CsvSource({"8000,USD,800", "8000,JPY,8", "8001,KWD,8001", "10,USD,1", "2990000,HUF,299000", "1000,ISK,1"})
    void milliunits_are_thousandths_of_the_main_unit_whatever_the_currency(String price, String currency, long minor) {
        var said = says("DID_RENEW").transaction("price", price).transaction("currency", "'" + currency + "'");

        assertThat(said.understood().amount()).contains(new Money(minor, currency));
    }

    @Test
    void a_price_is_not_guessed_where_apple_tells_none() {
        assertThat(AppleRefusalsTest.reason(says("ONE_TIME_CHARGE")
                        .oneTime()
                        .transaction("price", "")
                        .translated()))
                .isEqualTo(ipn.topics.Reason.MISSING_FIELD);
    }

    @Test
    void for_what_the_family_shares_nobody_pays() {
        var shared = says("SUBSCRIBED.INITIAL_BUY").transaction("inAppOwnershipType", "'FAMILY_SHARED'");

        assertThat(shared.facts(Fact.Captured.class)).isEmpty();
        assertThat(shared.understood().amount()).isEmpty();
        assertThat(shared.facts(Fact.Invoice.class)).singleElement().satisfies(invoice -> {
            assertThat(invoice.paid().minorUnits()).isZero();
            assertThat(invoice.breakdown().orElseThrow().reason()).isEqualTo(InvoiceReason.SHARED);
        });
    }

    @Test
    void a_renewal_without_a_price_is_a_period_of_an_unknown_amount() {
        var renewal = says("DID_RENEW").transaction("price", "");

        assertThat(renewal.facts(Fact.Captured.class)).isEmpty();
        assertThat(renewal.understood().amount()).isEmpty();
        assertThat(renewal.facts(Fact.Invoice.class)).singleElement().satisfies(invoice -> {
            assertThat(invoice.until()).isPresent();
            assertThat(invoice.breakdown().orElseThrow().reason()).isEqualTo(InvoiceReason.UNPRICED);
        });
    }

    @Test
    void a_refund_is_the_transactions() {
        var said = says("REFUND").data("status", "5").transaction("revocationReason", "1");

        assertThat(said.understood().amount()).contains(usd(800));
        assertThat(said.facts(Fact.Refund.class))
                .containsExactly(new Fact.Refund("2001", usd(800), RefundStatus.SUCCEEDED));
    }

    @ParameterizedTest
    @CsvSource({"100000,800", "50000,400", "33333,267", "1,0", "62,0", "63,1"})
    void a_share_is_refunded_to_the_nearest_cent(String share, long cents) {
        assertThat(says("REFUND").transaction("revocationPercentage", share).facts(Fact.Refund.class))
                .containsExactly(new Fact.Refund("2001", usd(cents), RefundStatus.SUCCEEDED));
    }

    @ParameterizedTest
    @CsvSource({"REFUND, SUCCEEDED", "REFUND_REVERSED, CANCELED"})
    void a_transaction_without_a_price_is_refunded_in_full(String type, RefundStatus status) {
        for (var price : List.of("", "null")) {
            var refund = says(type).transaction("price", price);
            assertThat(refund.understood().amount()).isEmpty();
            assertThat(refund.facts(Fact.Refund.class)).containsExactly(Fact.Refund.inFull("2001", status));
            assertThat(refund.transaction("revocationPercentage", "100000").facts(Fact.Refund.class))
                    .containsExactly(Fact.Refund.inFull("2001", status));
        }
    }

    @Test
    void a_refund_that_is_reversed_never_was() {
        assertThat(says("REFUND_REVERSED").facts(Fact.Refund.class))
                .containsExactly(new Fact.Refund("2001", usd(800), RefundStatus.CANCELED));
    }

    @Test
    void a_request_for_a_refund_is_a_question_until_it_is_answered() {
        var asked = says("CONSUMPTION_REQUEST").data("consumptionRequestReason", "'UNINTENDED_PURCHASE'");

        assertThat(asked.facts(Fact.Dispute.class))
                .containsExactly(
                        new Fact.Dispute("2001", Optional.empty(), DisputeStatus.INQUIRY, "UNINTENDED_PURCHASE"));
        assertThat(says("REFUND_DECLINED").facts(Fact.Dispute.class))
                .containsExactly(new Fact.Dispute("2001", Optional.empty(), DisputeStatus.CLOSED, ""));
        assertThat(says("REFUND").facts(Fact.Dispute.class))
                .containsExactly(new Fact.Dispute("2001", Optional.empty(), DisputeStatus.CLOSED, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TEST",
                "PRICE_INCREASE.PENDING",
                "PRICE_CHANGE",
                "RENEWAL_EXTENSION.FAILURE",
                "METADATA_UPDATE",
                "MIGRATION",
                "RESCIND_CONSENT",
                "SOMETHING_NEW.ALTOGETHER"
            })
    void what_carries_no_fact_is_ignored_by_its_name(String type) {
        assertThat(says(type).translated()).isEqualTo(new Translation.Ignored(type));
    }

    @Test
    void the_subject_is_the_id_the_account_chose() {
        var byInstall = AppleUnderTest.open("{mode: test, bundle-id: com.example.social, subject: appTransactionId}");
        var said = says("DID_RENEW").transaction("appTransactionId", "'7000'");

        assertThat(((Translation.Understood) said.translated(byInstall))
                        .notification()
                        .facts())
                .contains(new Fact.Reference(ReferenceName.SUBJECT, "7000"));
        assertThat(says("DID_RENEW").transaction("appAccountToken", "").facts(Fact.Reference.class))
                .isEmpty();
    }
}
