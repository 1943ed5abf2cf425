package ipn.processor.payment;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact;
import ipn.fact.Money;
import ipn.gateway.Item;
import ipn.gateway.Notification;
import ipn.gateway.Translation;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One event key with two stories that contain the same fact, so that only the comparison of the stories shows it. */
class EventCollisionTest {
    private static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");
    private static final Item ITEM = new Item(0, "stripe/main/pi_1", "stripe/main/evt_1", "captured");

    @ParameterizedTest
    @CsvSource({"refunded, 2500, USD", "captured, 2501, USD", "captured, 2500, EUR"})
    void another_type_amount_or_currency_is_another_story(String type, long minorUnits, String currency) {
        var before = Payment.from(ITEM.eventKey(), story("captured", 2500, "USD"));
        assertThat(PaymentRules.decide(ITEM, new Translation.Understood(story(type, minorUnits, currency)), before))
                .isInstanceOfSatisfying(
                        Decision.Unprocessable.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.EVENT_ID_COLLISION));
    }

    private static Notification story(String type, long minorUnits, String currency) {
        var fact = new Fact.Captured("pi_1", new Money(2500, "USD"), Optional.empty());
        return new Notification(type, NOON, 0, Optional.of(new Money(minorUnits, currency)), List.of(fact));
    }
}
