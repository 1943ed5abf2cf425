package ipn.app.command.operate;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.DisputeStatus;
import ipn.avro.OutcomeKind;
import ipn.avro.PaymentState;
import ipn.avro.PaymentStatus;
import ipn.avro.Totals;
import ipn.operations.deadletter.DeadLetter;
import ipn.operations.topic.Position;
import ipn.processor.ReplayPreview.Expected;
import ipn.topics.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplayForecastTest {
    private final ReplayForecast.Sum sum = new ReplayForecast.Sum();

    @Test
    void outcomes_payments_and_money_are_added_up() {
        var paid = state(PaymentStatus.COMPLETED, 2500, 0);
        var refunded = state(PaymentStatus.REFUNDED, 2500, 2500);
        sum.add(letter("d1"), null, expected(OutcomeKind.APPLIED, paid));
        sum.add(letter("d2"), paid, expected(OutcomeKind.APPLIED, refunded));
        sum.add(
                letter("d3"),
                refunded,
                new Expected(
                        OutcomeKind.UNPROCESSABLE,
                        Optional.of(Reason.MALFORMED),
                        Optional.of("body: no"),
                        Optional.empty()));
        var forecast = sum.forecast(
                true,
                List.of(
                        new ReplayForecast.Change(null, paid, List.of(), List.of()),
                        new ReplayForecast.Change(paid, refunded, List.of(), List.of())));

        assertThat(forecast.outcomes()).isEqualTo(Map.of("APPLIED", 2L, "UNPROCESSABLE MALFORMED", 1L));
        assertThat(forecast.payments()).isEqualTo(Map.of("unknown to COMPLETED", 1L, "COMPLETED to REFUNDED", 1L));
        assertThat(forecast.money()).as("25 in, 25 back").isEmpty();
        assertThat(forecast.letters())
                .extracting(ReplayForecast.Letter::after)
                .containsExactly("COMPLETED", "REFUNDED", "REFUNDED");
        assertThat(String.join("\n", forecast.lines()))
                .contains("would become   2 APPLIED, 1 UNPROCESSABLE MALFORMED", "access gained  none")
                .doesNotContain("not verified");
        assertThat(String.join("\n", forecast.table().lines())).contains("d3", "body: no");
    }

    @Test
    void money_is_what_is_captured_less_what_went_back() {
        var forecast = sum.forecast(
                false,
                List.of(new ReplayForecast.Change(
                        state(PaymentStatus.COMPLETED, 2500, 0),
                        state(PaymentStatus.PARTIALLY_REFUNDED, 2500, 700),
                        List.of(),
                        List.of())));
        assertThat(forecast.money()).isEqualTo(Map.of("USD", -700L));
        assertThat(String.join("\n", forecast.lines())).contains("-7.00 USD", "not verified");
    }

    private static Expected expected(OutcomeKind kind, PaymentState after) {
        return new Expected(kind, Optional.empty(), Optional.empty(), Optional.of(after));
    }

    private static PaymentState state(PaymentStatus status, long captured, long refunded) {
        return PaymentState.newBuilder()
                .setPaymentKey("stripe/main/pi_1")
                .setGateway("stripe")
                .setAccount("main")
                .setLive(true)
                .setStatus(status)
                .setDisputeStatus(DisputeStatus.NONE)
                .setFraudFlagged(false)
                .setTotals(List.of(new Totals("USD", 0L, captured, refunded, 0L, 0L, 0L)))
                .setReferences(Map.of())
                .setFacts(List.of())
                .setEvents(List.of())
                .build();
    }

    private static DeadLetter letter(String id) {
        var at = new Position("ipn.dlq", 0, 0);
        return new DeadLetter(
                id,
                "MALFORMED",
                "permanent",
                "processor",
                "",
                "e",
                "t",
                "stripe/main",
                "stripe/main/pi_1",
                "f",
                at,
                at,
                1,
                null,
                null,
                1,
                DeadLetter.Status.OPEN);
    }
}
