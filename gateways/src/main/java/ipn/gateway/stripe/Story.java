package ipn.gateway.stripe;

import ipn.fact.Fact;
import ipn.fact.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an event tells.
 *
 * @param sequence rank among the events of one second, see {@link ipn.fact.Version#sequence()}
 * @param facts may be none
 */
record Story(long sequence, Optional<Money> amount, List<Fact> facts) {
    Story {
        facts = List.copyOf(facts);
    }

    static Story of(long sequence, Fact fact) {
        return new Story(sequence, Optional.empty(), List.of(fact));
    }

    static Story of(long sequence, Money amount, Fact fact) {
        return new Story(sequence, Optional.of(amount), List.of(fact));
    }

    Story and(List<? extends Fact> more) {
        var all = new ArrayList<Fact>(facts);
        all.addAll(more);
        return new Story(sequence, amount, all);
    }
}
