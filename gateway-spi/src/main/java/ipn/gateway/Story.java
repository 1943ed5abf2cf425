package ipn.gateway;

import ipn.fact.Fact;
import ipn.fact.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an event tells, before it is known when.
 *
 * @param sequence rank among the events of one instant, see {@link ipn.fact.Version#sequence()}
 * @param facts may be none
 */
public record Story(long sequence, Optional<Money> amount, List<Fact> facts) {
    /** Nothing for us. */
    public static final Story NOTHING = new Story(0, Optional.empty(), List.of());

    public Story {
        facts = List.copyOf(facts);
    }

    public static Story of(long sequence, Fact fact) {
        return new Story(sequence, Optional.empty(), List.of(fact));
    }

    public static Story of(long sequence, Money amount, Fact fact) {
        return new Story(sequence, Optional.of(amount), List.of(fact));
    }

    public Story and(List<? extends Fact> more) {
        var all = new ArrayList<Fact>(facts);
        all.addAll(more);
        return new Story(sequence, amount, all);
    }

    /** What the event means: ignored where it tells no fact. */
    public Translation told(String type, Instant occurredAt) {
        return facts.isEmpty()
                ? new Translation.Ignored(type)
                : new Translation.Understood(new Notification(type, occurredAt, sequence, amount, facts));
    }
}
