package ipn.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ipn.avro.NotificationKind;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Formats are storage formats: a change of one is a migration. */
class KeysTest {
    private static final PaymentKey PAYMENT = new PaymentKey("stripe", "main", "in_1");
    private static final OrderId ORDER = new OrderId("o_7");
    private static final EntitlementKey PROMOTION =
            new EntitlementKey(new SubjectId("u_42"), "promotion", Optional.of("post_7"));

    @Test
    void payment_and_event_keys_are_gateway_account_and_id_and_an_id_may_hold_slashes() {
        assertThat(PAYMENT).hasToString("stripe/main/in_1");
        assertThat(PaymentKey.parse("stripe/main/in_1")).isEqualTo(PAYMENT);
        assertThat(PaymentKey.parse("shopify/eu/gid://shopify/Order/5").gateway())
                .isEqualTo("shopify");
        assertThat(EventKey.parse("paypal/main/WH-1")).isEqualTo(new EventKey("paypal", "main", "WH-1"));
        assertThat(new EventKey("paypal", "main", "WH-1")).hasToString("paypal/main/WH-1");
    }

    @Test
    void a_text_in_another_format_is_kept_as_it_is() {
        assertThat(PaymentKey.parse("nothing")).hasToString("nothing");
        assertThat(PaymentKey.parse("nothing").gateway()).isEqualTo("nothing");
        assertThat(EventKey.parse("").gateway()).isEmpty();
    }

    @Test
    void a_charge_is_the_payment_key_or_one_of_its_invoices() {
        assertThat(ChargeKey.whole(PAYMENT)).hasToString("stripe/main/in_1");
        assertThat(ChargeKey.invoice(PAYMENT, "t_2")).hasToString("stripe/main/in_1 invoice t_2");
    }

    @Test
    void a_claim_key_names_subscription_and_order_where_they_apply() {
        var charge = ChargeKey.whole(PAYMENT);
        assertThat(new ClaimKey(charge, false, Optional.empty())).hasToString("stripe/main/in_1");
        assertThat(new ClaimKey(charge, true, Optional.empty())).hasToString("stripe/main/in_1 subscription");
        assertThat(new ClaimKey(charge, true, Optional.of(ORDER)))
                .hasToString("stripe/main/in_1 subscription order o_7");
        assertThat(new ClaimKey(ChargeKey.invoice(PAYMENT, "t_2"), false, Optional.of(ORDER)))
                .hasToString("stripe/main/in_1 invoice t_2 order o_7");
    }

    @Test
    void a_discrepancy_is_about_a_charge_or_an_order_as_a_whole() {
        var charge = Optional.of(ChargeKey.whole(PAYMENT));
        assertThat(new DiscrepancyId("UNDERPAID", charge, Optional.empty())).hasToString("UNDERPAID/stripe/main/in_1");
        assertThat(new DiscrepancyId("NO_SCOPE", charge, Optional.of(ORDER)))
                .hasToString("NO_SCOPE/stripe/main/in_1 order o_7");
        assertThat(new DiscrepancyId("MISSING", Optional.empty(), Optional.of(ORDER)))
                .hasToString("MISSING/order/o_7");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DiscrepancyId("MISSING", Optional.empty(), Optional.empty()));
    }

    @Test
    void an_entitlement_is_of_a_subject_and_may_be_limited_to_a_scope() {
        assertThat(PROMOTION).hasToString("u_42/promotion/post_7");
        assertThat(new EntitlementKey(new SubjectId("u_42"), "premium", Optional.empty()))
                .hasToString("u_42/premium");
        assertThat(EntitlementKey.prefix(new SubjectId("u_42"))).isEqualTo("u_42/");
        assertThat(PROMOTION.eventId(3)).isEqualTo("u_42/promotion/post_7/3");
        assertThat(new EntitlementKey(new SubjectId("u_42"), "premium", Optional.empty()).eventId(1))
                .isEqualTo("u_42/premium//1");
    }

    @Test
    void an_order_that_stands_for_an_event_or_a_payment_is_marked() {
        assertThat(ORDER).hasToString("o_7");
        assertThat(ORDER.qualified()).isEqualTo("order/o_7");
    }

    @Test
    void ledger_entries_are_counted_for_each_key() {
        assertThat(new LedgerEntryId("stripe/main/pi_1", 2)).hasToString("stripe/main/pi_1/2");
    }

    @Test
    void a_notification_is_known_by_its_kind_and_what_it_is_about() {
        var end = Optional.of(Instant.parse("2026-11-01T12:00:00Z"));
        assertThat(NotificationId.receipt(ChargeKey.whole(PAYMENT))).hasToString("receipt/stripe/main/in_1");
        assertThat(NotificationId.refund(ChargeKey.whole(PAYMENT), 250))
                .hasToString("refund-made/stripe/main/in_1/250");
        assertThat(NotificationId.access(NotificationKind.ACCESS_ENDING, PROMOTION, end))
                .hasToString("access-ending/u_42/promotion/post_7/2026-11-01T12:00:00Z");
        assertThat(NotificationId.access(NotificationKind.PAYMENT_FAILED, PROMOTION, Optional.empty()))
                .hasToString("payment-failed/u_42/promotion/post_7/");
    }
}
