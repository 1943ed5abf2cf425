package ipn.gateway.paypalipn;

import ipn.fact.Fact;
import ipn.fact.Money;
import java.util.List;
import java.util.Optional;

/**
 * What a message says of what happened, without the merchant's own words.
 *
 * @param sequence which of two messages of one second is the later one
 * @param amount the amount it tells of
 */
record Told(long sequence, Optional<Money> amount, List<Fact> facts) {
    Told {
        facts = List.copyOf(facts);
    }
}
