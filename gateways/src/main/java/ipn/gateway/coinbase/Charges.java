package ipn.gateway.coinbase;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Money;
import ipn.gateway.EventContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Events {@code charge:*} of Commerce. The amount received counts, not the amount requested. An underpaid or late charge
 * is received money that needs a review, so a flag suspends it until the merchant resolves it.
 */
final class Charges {
    private Charges() {}

    /** Rank among events of the same second. */
    private enum Step {
        CREATED,
        PENDING,
        FAILED,
        DELAYED,
        CONFIRMED,
        RESOLVED
    }

    static EventContent created(Charge charge) {
        return pending(charge, Step.CREATED);
    }

    /** Seen on the blockchain, not yet final. */
    static EventContent pending(Charge charge) {
        return pending(charge, Step.PENDING);
    }

    static EventContent confirmed(Charge charge) {
        var received = Optional.of(charge.confirmedAmount());
        var facts = new ArrayList<Fact>(captured(charge, received));
        if (charge.isUnderpaid()) {
            facts.add(flag(charge, true));
        }
        return content(charge, Step.CONFIRMED, received, facts);
    }

    static EventContent resolved(Charge charge) {
        var received = Optional.of(charge.required());
        var facts = new ArrayList<Fact>(captured(charge, received));
        facts.add(flag(charge, false));
        return content(charge, Step.RESOLVED, received, facts);
    }

    static EventContent delayed(Charge charge) {
        var received = charge.received();
        var facts = new ArrayList<Fact>(captured(charge, received));
        facts.add(flag(charge, true));
        return content(charge, Step.DELAYED, received.or(charge::asked), facts);
    }

    /** Also the end of an underpaid charge, which has received money. */
    static EventContent failed(Charge charge) {
        var status = charge.lastStatus().equals("CANCELED")
                ? AttemptStatus.CANCELED
                : charge.lastStatus().equals("EXPIRED") ? AttemptStatus.EXPIRED : AttemptStatus.FAILED;
        var received = charge.received();
        var facts = new ArrayList<Fact>(captured(charge, received));
        facts.add(new Fact.Attempt(charge.id(), status, charge.context()));
        received.ifPresent(money -> facts.add(flag(charge, true)));
        return content(charge, Step.FAILED, received.or(charge::asked), facts);
    }

    private static EventContent pending(Charge charge, Step step) {
        return content(
                charge,
                step,
                charge.asked(),
                List.of(new Fact.Attempt(charge.id(), AttemptStatus.PENDING, charge.context())));
    }

    private static List<Fact> captured(Charge charge, Optional<Money> received) {
        return received.stream()
                .map(money -> (Fact) new Fact.Captured(charge.id(), money, Optional.empty()))
                .toList();
    }

    private static Fact flag(Charge charge, boolean raised) {
        return new Fact.FraudFlag(charge.id(), raised, charge.isUnderpaid() ? "underpaid" : charge.context());
    }

    private static EventContent content(Charge charge, Step step, Optional<Money> amount, List<Fact> facts) {
        return new EventContent(step.ordinal() + 1, amount, facts).and(charge.metadata());
    }
}
