package ipn.gateway.apple;

import ipn.fact.Fact;
import ipn.fact.Money;
import java.util.List;
import java.util.Optional;

/** What a type of notification tells beyond what its transaction and its status say. */
record Told(Optional<Money> amount, List<Fact> facts) {
    Told {
        facts = List.copyOf(facts);
    }

    /** Money was taken, unless it is free, and the transaction has to say how much. */
    static Told taken(AppleEvent event) {
        return event.isShared() || Purchases.isTrial(event)
                ? nothing(event)
                : new Told(Optional.of(Purchases.priceTold(event)), List.of());
    }

    static Told nothing(AppleEvent event) {
        return new Told(Optional.empty(), List.of());
    }
}
