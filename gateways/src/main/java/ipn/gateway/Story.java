package ipn.gateway;

import ipn.fact.Fact;
import ipn.fact.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an event tells, as the reader of its type found it.
 *
 * @param sequence rank among the events of one instant, see {@link ipn.fact.Version#sequence()} and {@link Ranks}
 * @param amount the amount the event tells of, where it tells of one
 * @param facts may be none
 */
public record Story(long sequence, Optional<Money> amount, List<Fact> facts) {
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

    /** The translation; without facts there is nothing in it for us. */
    public Translation told(String type, Instant occurredAt) {
        return facts.isEmpty()
                ? new Translation.Ignored(type)
                : new Translation.Understood(new Notification(type, occurredAt, sequence, amount, facts));
    }
}
