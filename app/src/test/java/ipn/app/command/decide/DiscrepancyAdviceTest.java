package ipn.app.command.decide;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Cause;
import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyKind;
import ipn.avro.DiscrepancyState;
import ipn.decision.DiscrepancyOptions;
import ipn.operations.decision.DiscrepancyDecisions.Details;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The next step that is printed must be possible, and never keep money that shall go back. */
class DiscrepancyAdviceTest {
    private static String next(Discrepancy.Builder discrepancy) {
        var built = discrepancy.build();
        return new DiscrepancyAdvice(new Details(
                        built, DiscrepancyOptions.of(built), List.of(), Optional.empty(), List.of(), List.of()))
                .next();
    }

    private static Discrepancy.Builder open(DiscrepancyKind kind) {
        return Discrepancy.newBuilder()
                .setDiscrepancyId(kind + "/stripe/main/pi_1")
                .setState(DiscrepancyState.OPEN)
                .setKind(kind)
                .setPaymentKey("stripe/main/pi_1")
                .setCause(new Cause("stripe/main/evt_1", "ipn.raw", 0, 1L, false))
                .setPolicyVersion("v")
                .setAt(Instant.EPOCH);
    }

    @Test
    void a_second_payment_is_refunded_and_accepted_only_if_it_was_meant() {
        assertThat(next(open(DiscrepancyKind.DUPLICATE_PAYMENT)))
                .startsWith("refund it at the gateway; the discrepancy closes by itself")
                .contains(
                        "Only if the user meant to pay twice: ipn discrepancy accept DUPLICATE_PAYMENT/stripe/main/pi_1");
    }

    @ParameterizedTest
    @EnumSource(DiscrepancyKind.class)
    void only_commands_that_are_possible_are_named(DiscrepancyKind kind) {
        var next = next(open(kind));
        var options = DiscrepancyOptions.of(kind);

        assertThat(next.contains("ipn discrepancy accept ")).as(next).isEqualTo(options.accept());
        assertThat(next.contains("ipn discrepancy assign ")).as(next).isEqualTo(options.assign());
        assertThat(!next.contains("ipn discrepancy dismiss ") || options.dismiss())
                .as(next)
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(DiscrepancyKind.class)
    void whoever_accepts_or_assigns_is_told_what_to_do_with_the_money_otherwise(DiscrepancyKind kind) {
        var options = DiscrepancyOptions.of(kind);
        if ((options.accept() || options.assign()) && kind != DiscrepancyKind.UNSOLD_TRIAL) { // a trial is no money
            assertThat(next(open(kind))).contains("refund it at the gateway");
        }
    }

    @Test
    void money_in_several_currencies_is_refunded_and_dismissed() {
        assertThat(next(open(DiscrepancyKind.CURRENCY_MISMATCH).setExpected(DiscrepancyOptions.ONE_CURRENCY)))
                .contains("refund it at the gateway", "ipn discrepancy dismiss")
                .doesNotContain("accept");
    }

    @Test
    void what_closed_by_itself_needs_nothing() {
        assertThat(next(open(DiscrepancyKind.UNDERPAID).setState(DiscrepancyState.CLOSED)))
                .isEqualTo("nothing: it does not hold any more");
    }
}
