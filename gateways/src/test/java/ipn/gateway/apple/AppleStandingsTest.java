package ipn.gateway.apple;

import static ipn.gateway.apple.AppleSays.AT;
import static ipn.gateway.apple.AppleSays.PAID_UNTIL;
import static ipn.gateway.apple.AppleSays.says;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact;
import ipn.fact.Fact.SubscriptionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppleStandingsTest {
    private static final Instant OVER = PAID_UNTIL.plus(Duration.ofMinutes(1));

    @ParameterizedTest
    @CsvSource({
        "SUBSCRIBED.INITIAL_BUY, ACTIVE",
        "DID_RENEW, ACTIVE",
        "DID_CHANGE_RENEWAL_STATUS.AUTO_RENEW_ENABLED, ACTIVE",
        "DID_FAIL_TO_RENEW.GRACE_PERIOD, PAST_DUE",
        "DID_FAIL_TO_RENEW, UNPAID",
        "GRACE_PERIOD_EXPIRED, UNPAID",
        "EXPIRED.VOLUNTARY, EXPIRED",
        "EXPIRED.PRODUCT_NOT_FOR_SALE, EXPIRED",
        "REVOKE, CANCELED"
    })
    void the_type_says_it_where_no_status_is_told(String type, SubscriptionStatus status) {
        assertThat(standing(says(type).data("status", "").at(OVER)).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"1, ACTIVE", "2, EXPIRED", "3, UNPAID", "4, PAST_DUE", "5, CANCELED"})
    void the_status_told_counts_whatever_the_type(String status, SubscriptionStatus expected) {
        assertThat(standing(says("DID_CHANGE_RENEWAL_STATUS.AUTO_RENEW_DISABLED")
                                .data("status", status)
                                .at(OVER))
                        .status())
                .isEqualTo(expected);
    }

    @Test
    void grace_lasts_as_long_as_apple_says() {
        var graceUntil = PAID_UNTIL.plus(Duration.ofDays(16));
        var standing = standing(says("DID_FAIL_TO_RENEW.GRACE_PERIOD")
                .data("status", "4")
                .renewal("gracePeriodExpiresDate", Long.toString(graceUntil.toEpochMilli()))
                .at(OVER));

        assertThat(standing.periodEnd()).contains(graceUntil);
        assertThat(standing.graceUntil()).contains(graceUntil);
        assertThat(standing.cancelScheduled()).isFalse();
    }

    @Test
    void what_it_is_for_now_is_the_product_that_renews_and_not_that_of_an_earlier_transaction() {
        assertThat(standing(says("REFUND").renewal("productId", "'premium.plus'"))
                        .items())
                .containsExactly(new Fact.SubscriptionItem(List.of("premium.plus")));
        assertThat(standing(says("REFUND")).items()).isEmpty();
    }

    @Test
    void a_failure_before_the_end_leaves_what_is_paid_and_no_grace() {
        assertThat(standing(says("DID_FAIL_TO_RENEW").data("status", "3").at(PAID_UNTIL.minus(Duration.ofHours(20)))))
                .isEqualTo(new Fact.Subscription(
                        "2000",
                        SubscriptionStatus.PAST_DUE,
                        Optional.of(PAID_UNTIL),
                        Optional.empty(),
                        true,
                        Optional.of(PAID_UNTIL)));
    }

    @Test
    void a_renewal_turned_off_ends_with_what_is_paid() {
        var standing =
                standing(says("DID_CHANGE_RENEWAL_STATUS.AUTO_RENEW_DISABLED").renewal("autoRenewStatus", "0"));

        assertThat(standing.status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(standing.cancelScheduled()).isTrue();
        assertThat(standing.cancelAt()).contains(PAID_UNTIL);
    }

    @ParameterizedTest
    @CsvSource({"0, ''", "0, FREE_TRIAL", "'', FREE_TRIAL"})
    void a_free_period_is_a_trial_that_proves_no_payment(String price, String offer) {
        var said = says("SUBSCRIBED.INITIAL_BUY")
                .transaction("price", price)
                .transaction("offerDiscountType", offer.isEmpty() ? "" : "'" + offer + "'");

        assertThat(standing(said).status()).isEqualTo(SubscriptionStatus.TRIALING);
        assertThat(standing(said).trialEnd()).contains(PAID_UNTIL);
        assertThat(said.facts(Fact.Captured.class)).isEmpty();
        assertThat(said.facts(Fact.Invoice.class)).isEmpty();
        assertThat(said.understood().amount()).isEmpty();
    }

    @Test
    void what_is_bought_once_has_no_standing() {
        assertThat(says("REFUND").oneTime().data("status", "5").facts(Fact.Subscription.class))
                .isEmpty();
    }

    @Test
    void of_two_standings_in_one_millisecond_the_worse_counts() {
        var renewed = says("DID_RENEW").at(AT).understood();
        var expired = says("EXPIRED").data("status", "2").at(AT).understood();

        assertThat(expired.sequence()).isGreaterThan(renewed.sequence());
    }

    private static Fact.Subscription standing(AppleSays said) {
        return said.facts(Fact.Subscription.class).get(0);
    }
}
