package ipn.gateway.paddle;

import static ipn.gateway.paddle.PaddleSays.event;
import static ipn.gateway.paddle.PaddleSays.facts;
import static ipn.gateway.paddle.PaddleSays.translated;
import static ipn.gateway.paddle.PaddleSays.understood;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.gateway.Translation;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a subscription stands. */
class PaddleSubscriptionsTest {
    private static final Instant END = Instant.parse("2026-10-01T12:00:00Z");
    private static final String PERIOD =
            ", 'current_billing_period': {'starts_at': '2026-09-01T12:00:00Z', 'ends_at': '2026-10-01T12:00:00Z'}";

    @ParameterizedTest
    @CsvSource({
        "created,   active,   ACTIVE",
        "imported,  active,   ACTIVE",
        "activated, active,   ACTIVE",
        "updated,   active,   ACTIVE",
        "resumed,   active,   ACTIVE",
        "past_due,  past_due, PAST_DUE",
        "updated,   past_due, PAST_DUE",
        "paused,    paused,   PAUSED",
        "canceled,  canceled, CANCELED",
        "updated,   canceled, CANCELED"
    })
    void a_subscription_stands_as_it_says(String event, String status, SubscriptionStatus expected) {
        assertThat(facts("subscription." + event, subscription(status, PERIOD)))
                .containsExactly(standing(expected, Optional.empty(), false, Optional.empty()));
    }

    @Test
    void a_trial_ends_with_its_period_or_when_its_items_say() {
        assertThat(facts("subscription.trialing", subscription("trialing", PERIOD)))
                .containsExactly(standing(SubscriptionStatus.TRIALING, Optional.of(END), false, Optional.empty()));
        var items = PERIOD + ", 'items': [{'trial_dates': {'ends_at': '2026-09-08T12:00:00Z'}}, {'trial_dates': null}]";
        assertThat(facts("subscription.created", subscription("trialing", items)))
                .containsExactly(standing(
                        SubscriptionStatus.TRIALING,
                        Optional.of(Instant.parse("2026-09-08T12:00:00Z")),
                        false,
                        Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancel", "pause"})
    void a_scheduled_end_leaves_it_active_until_then(String action) {
        var change = ", 'scheduled_change': {'action': '%s', 'effective_at': '2026-10-01T12:00:00Z', 'resume_at': null}"
                .formatted(action);
        assertThat(facts("subscription.updated", subscription("active", PERIOD + change)))
                .containsExactly(standing(SubscriptionStatus.ACTIVE, Optional.empty(), true, Optional.of(END)));
    }

    @Test
    void a_scheduled_resumption_ends_nothing() {
        var change = PERIOD + ", 'scheduled_change': {'action': 'resume', 'effective_at': '2026-10-01T12:00:00Z'}";
        assertThat(facts("subscription.updated", subscription("paused", change)))
                .containsExactly(standing(SubscriptionStatus.PAUSED, Optional.empty(), false, Optional.empty()));
    }

    @Test
    void its_items_are_what_it_is_for_now() {
        var items = PERIOD
                + ", 'items': [{'price': {'id': 'pri_1', 'product_id': 'pro_1'}}, {'price': {'id': 'pri_2', 'product_id': 'pro_2'}}]";
        assertThat(facts("subscription.updated", subscription("active", items)))
                .contains(
                        standing(SubscriptionStatus.ACTIVE, Optional.empty(), false, Optional.empty())
                                .withItems(List.of(List.of("pri_1", "pro_1"), List.of("pri_2", "pro_2"))),
                        new Fact.Sku("pri_1"),
                        new Fact.Sku("pri_2"));
    }

    @Test
    void custom_data_and_the_catalogues_names_are_taken() {
        var more = ", 'custom_data': {'user_id': 'u_42'}, 'items': [{'price': {'id': 'pri_1', 'product_id': 'pro_1'}}]";
        assertThat(facts("subscription.created", subscription("active", more)))
                .contains(
                        new Fact.Reference(ReferenceName.SUBJECT, "u_42"),
                        new Fact.Sku("pri_1"),
                        new Fact.Sku("pro_1"));
    }

    @Test
    void of_one_instant_the_furthest_status_counts() {
        long before = -1;
        for (var status : new String[] {"trialing", "active", "past_due", "paused", "canceled"}) {
            var sequence =
                    understood("subscription.updated", subscription(status, "")).sequence();
            assertThat(sequence).as(status).isGreaterThan(before);
            before = sequence;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'status': 'active' | 'status': 'brand_new' | MALFORMED",
                "'status': 'active' | 'x': 1 | MISSING_FIELD",
                "'status': 'active' | 'status': 'active', 'scheduled_change': {'action': 'brand_new'} | MALFORMED",
                "'status': 'active' | 'status': 'active', 'scheduled_change': {} | MISSING_FIELD",
                "'status': 'active' | 'status': 'active', 'current_billing_period': {'ends_at': 'soon'} | INVALID_TIME",
                "'status': 'active' | 'status': 'active', 'current_billing_period': {'ends_at': '2999-01-01T00:00:00Z'} | TIME_OUT_OF_RANGE"
            })
    void what_makes_no_sense_is_refused(String sound, String senseless, Reason reason) {
        var event = event("subscription.updated", subscription("active", ""));
        assertThat(translated(event.replace(sound.strip(), senseless.strip())))
                .isInstanceOfSatisfying(
                        Translation.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"customer.created", "payout.paid", "subscription.brand_new"})
    void other_types_are_ignored_by_name(String type) {
        assertThat(translated(event(type, "{'id': 'x_1'}"))).isEqualTo(new Translation.Ignored(type));
    }

    private static String subscription(String status, String more) {
        return "{'id': 'sub_1', 'status': '%s'%s}".formatted(status, more);
    }

    private static Fact.Subscription standing(
            SubscriptionStatus status, Optional<Instant> trialEnd, boolean scheduled, Optional<Instant> cancelAt) {
        return new Fact.Subscription("sub_1", status, Optional.of(END), trialEnd, scheduled, cancelAt);
    }
}
