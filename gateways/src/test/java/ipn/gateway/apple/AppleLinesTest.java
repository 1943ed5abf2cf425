package ipn.gateway.apple;

import static ipn.gateway.apple.AppleSays.AT;
import static ipn.gateway.apple.AppleSays.PAID_UNTIL;
import static ipn.gateway.apple.AppleSays.says;
import static ipn.gateway.apple.AppleUnderTest.usd;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact;
import ipn.fact.Fact.InvoiceReason;
import ipn.fact.Fact.RefundStatus;
import ipn.gateway.Word;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lines of transactions. */
class AppleLinesTest {
    @Test
    void a_line_has_the_product_the_price_and_the_period() {
        assertThat(line(says("DID_RENEW")))
                .isEqualTo(
                        Fact.Line.of(List.of("premium"), 1, 800).withPeriod(Optional.of(AT), Optional.of(PAID_UNTIL)));
    }

    @ParameterizedTest
    @CsvSource({
        "1, PAY_AS_YOU_GO, '',         introductory offer",
        "1, PAY_UP_FRONT,  '',         introductory offer",
        "2, PAY_AS_YOU_GO, winter.24,  winter.24",
        "2, PAY_AS_YOU_GO, '',         promotional offer",
        "3, PAY_UP_FRONT,  Spring 24,  Spring 24",
        "4, PAY_AS_YOU_GO, comeback,   comeback",
        "5, PAY_AS_YOU_GO, '',         offer"
    })
    void an_offer_reduces_the_price_by_an_unknown_amount(String type, String kind, String id, String name) {
        var offered = line(says("SUBSCRIBED.INITIAL_BUY")
                .transaction("price", "990")
                .transaction("offerType", type)
                .transaction("offerDiscountType", "'" + kind + "'")
                .transaction("offerIdentifier", id.isEmpty() ? "" : "'" + id + "'"));

        assertThat(offered.amount()).isEqualTo(99);
        assertThat(offered.discount()).isZero();
        assertThat(offered.discountName()).contains(name);
    }

    @ParameterizedTest
    @CsvSource({"PAY_UP_FRONT, true", "PAY_AS_YOU_GO, false"})
    void an_offer_that_is_paid_up_front_is_not_the_price_of_one_period(String kind, boolean several) {
        var offered = line(says("SUBSCRIBED.INITIAL_BUY")
                .transaction("price", "15000")
                .transaction("offerType", "4")
                .transaction("offerDiscountType", "'" + kind + "'"));

        assertThat(offered.amount()).isEqualTo(1500);
        assertThat(offered.proration()).isEqualTo(several);
    }

    @Test
    void the_renewal_after_an_offer_is_at_the_full_price() {
        assertThat(line(says("DID_RENEW").transaction("transactionReason", "'RENEWAL'"))
                        .discountName())
                .isEmpty();
    }

    @Test
    void a_free_trial_is_not_paid_and_has_no_line() {
        var trial = says("SUBSCRIBED.INITIAL_BUY")
                .transaction("price", "0")
                .transaction("offerType", "1")
                .transaction("offerDiscountType", "'FREE_TRIAL'");

        assertThat(trial.facts(Fact.Invoice.class)).isEmpty();
        assertThat(trial.facts(Fact.Subscription.class).get(0).trialEnd()).contains(PAID_UNTIL);
    }

    @Test
    void an_upgrade_is_a_transaction_of_its_own_with_the_new_product_and_period() {
        var upgraded = says("DID_CHANGE_RENEWAL_PREF.UPGRADE")
                .transaction("productId", "'premium.plus'")
                .transaction("transactionReason", "'PURCHASE'")
                .transaction("price", "16000");

        assertThat(line(upgraded).skus()).containsExactly("premium.plus");
        assertThat(line(upgraded).amount()).isEqualTo(1600);
        assertThat(line(upgraded).proration()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "2000, PURCHASE, FIRST",
        "2001, PURCHASE, SWITCH",
        "2001, RENEWAL,  RENEWAL",
        "2000, '',       FIRST",
        "2001, '',       SWITCH"
    })
    void the_transaction_alone_determines_the_reason(String id, String reason, InvoiceReason expected) {
        for (var type : List.of("SUBSCRIBED.INITIAL_BUY", "DID_CHANGE_RENEWAL_STATUS.AUTO_RENEW_DISABLED")) {
            assertThat(breakdown(says(type)
                                    .transaction("transactionId", "'" + id + "'")
                                    .transaction("transactionReason", reason.isEmpty() ? "" : "'" + reason + "'"))
                            .reason())
                    .isEqualTo(expected);
        }
    }

    @Test
    void a_partial_refund_names_no_line() {
        var refunded = says("REFUND").transaction("revocationPercentage", "50000");

        assertThat(refunded.facts(Fact.Refund.class))
                .containsExactly(new Fact.Refund("2001", usd(400), RefundStatus.SUCCEEDED));
        assertThat(line(refunded).amount()).isEqualTo(800);
    }

    @ParameterizedTest
    @CsvSource({"3, 3", "0, 1", "'', 1", "-1, 1", "1.5, 1"})
    void a_quantity_is_a_whole_number_from_one(String quantity, long expected) {
        assertThat(line(says("DID_RENEW").transaction("quantity", quantity)).quantity())
                .isEqualTo(expected);
    }

    @Test
    void several_pieces_bought_once_are_one_line_and_may_have_an_offer() {
        var bought = says("ONE_TIME_CHARGE")
                .oneTime()
                .transaction("quantity", "3")
                .transaction("offerType", "3")
                .transaction("offerIdentifier", "'launch'");

        assertThat(line(bought))
                .isEqualTo(Fact.Line.of(List.of("premium"), 3, 800)
                        .withDiscount(0, Optional.of("launch"))
                        .withPeriod(Optional.of(AT), Optional.empty()));
    }

    @Test
    void only_the_subject_comes_from_the_app() {
        assertThat(new AppleGateway().payerWords()).containsExactly(Word.SUBJECT);
    }

    private static Fact.Line line(AppleSays said) {
        var lines = breakdown(said).lines();
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }

    private static Fact.Breakdown breakdown(AppleSays said) {
        return said.facts(Fact.Invoice.class).get(0).breakdown().orElseThrow();
    }
}
