package ipn.app.command.decide;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Cause;
import ipn.avro.Decision;
import ipn.avro.DecisionKind;
import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyKind;
import ipn.avro.DiscrepancyState;
import ipn.decision.DiscrepancyOptions;
import ipn.operations.decision.DiscrepancyDecisions.Details;
import ipn.settings.Settings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The preview of a decision about money says what it would give. */
class ExpectedAccessTest {
    private static final ExpectedAccess EXPECTED = new ExpectedAccess(Settings.parse("""
            products:
              premium-yearly: {entitlement: premium, kind: subscription, interval: P1Y, prices: {USD: 7900}}
              promoted-post: {entitlement: promotion, kind: once, scope: reference, prices: {USD: 2500}}
            """, Map.of(), Path.of("")));

    private static Details details(DiscrepancyKind kind, String product, String subject) {
        var discrepancy = Discrepancy.newBuilder()
                .setDiscrepancyId(kind + "/stripe/main/pi_1")
                .setState(DiscrepancyState.OPEN)
                .setKind(kind)
                .setPaymentKey("stripe/main/pi_1")
                .setSubject(subject)
                .setProduct(product)
                .setCause(new Cause("stripe/main/evt_1", "ipn.raw", 0, 1L, false))
                .setPolicyVersion("v")
                .setAt(Instant.EPOCH)
                .build();
        return new Details(
                discrepancy, DiscrepancyOptions.of(discrepancy), List.of(), Optional.empty(), List.of(), List.of());
    }

    private static Decision.Builder draft(DecisionKind kind) {
        return Decision.newBuilder().setKind(kind);
    }

    @Test
    void an_accepted_payment_gives_the_entitlement_of_its_product() {
        assertThat(EXPECTED.line(
                        details(DiscrepancyKind.UNKNOWN_ORDER, "premium-yearly", "u_1"), draft(DecisionKind.ACCEPT)))
                .contains(
                        "if amount and product match the catalogue, u_1 gets: premium (product premium-yearly), for P1Y from"
                                + " the payment on, or the period that the gateway reports");
    }

    @Test
    void an_assigned_scope_is_what_access_is_limited_to() {
        assertThat(EXPECTED.line(
                        details(DiscrepancyKind.NO_SCOPE, "promoted-post", "u_1"),
                        draft(DecisionKind.ASSIGN).setScope("post_7")))
                .contains(
                        "if the price matches, u_1 gets: promotion for post_7 (product promoted-post), from the payment on,"
                                + " without an end");
    }

    @Test
    void what_is_not_known_is_not_promised() {
        assertThat(EXPECTED.line(details(DiscrepancyKind.UNDERPAID, "gold", "u_1"), draft(DecisionKind.ACCEPT)))
                .contains("nothing is given: product gold is not in the settings of this command");
        assertThat(EXPECTED.line(
                        details(DiscrepancyKind.UNDERPAID, "premium-yearly", null), draft(DecisionKind.ACCEPT)))
                .hasValueSatisfying(line -> assertThat(line).contains("no user is named"));
        assertThat(EXPECTED.line(
                        details(DiscrepancyKind.UNDERPAID, "premium-yearly", "u_1"), draft(DecisionKind.DISMISS)))
                .isEmpty();
    }
}
