package ipn.gateway.mollie;

import ipn.fact.Fact;
import ipn.fact.Fact.DisputeMovement;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Money;
import ipn.gateway.EventContent;
import ipn.gateway.content.JsonField;
import java.util.List;
import java.util.Optional;

/** Chargebacks. When Mollie reports one, the money is already withdrawn: it is lost, unless it is reversed. */
final class Chargebacks {
    private Chargebacks() {}

    static EventContent snapshot(MollieObject chargeback) {
        return new EventContent(
                isReversed(chargeback) ? 2 : 1, Optional.of(chargeback.money("amount")), facts(chargeback));
    }

    static List<Fact> facts(MollieObject chargeback) {
        var id = chargeback.id("id");
        var amount = chargeback.money("amount");
        var reason = chargeback.at("reason").at("code").code();
        return isReversed(chargeback)
                ? dispute(id, amount, reason, DisputeStatus.WON, DisputeMovement.REINSTATED)
                : dispute(id, amount, reason, DisputeStatus.LOST, DisputeMovement.WITHDRAWN);
    }

    /**
     * True for a payment that contains a charged-back total without the list of chargebacks. Each chargeback is one dispute,
     * identified by its id in every event; a total cannot be assigned to one.
     */
    static boolean areUnlisted(JsonField payment) {
        return Progress.units(payment, "amountChargedBack") > 0
                && payment.at("_embedded").at("chargebacks").elements().isEmpty();
    }

    private static List<Fact> dispute(
            String id, Money amount, String reason, DisputeStatus status, DisputeMovement movement) {
        return List.of(
                new Fact.Dispute(id, Optional.of(amount), status, reason), new Fact.DisputeFunds(id, amount, movement));
    }

    private static boolean isReversed(MollieObject chargeback) {
        return chargeback.at("reversedAt").isPresent();
    }
}
