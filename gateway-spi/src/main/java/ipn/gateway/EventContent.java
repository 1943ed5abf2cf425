package ipn.gateway;

import ipn.fact.Fact;
import ipn.fact.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an event contains, without its type and its time.
 *
 * @param sequence rank among the events of one instant, see {@link ipn.fact.Version#sequence()}
 * @param facts may be empty
 */
public record EventContent(long sequence, Optional<Money> amount, List<Fact> facts) {
    /** No facts. */
    public static final EventContent NOTHING = new EventContent(0, Optional.empty(), List.of());

    public EventContent {
        facts = List.copyOf(facts);
    }

    public static EventContent of(long sequence, Fact fact) {
        return new EventContent(sequence, Optional.empty(), List.of(fact));
    }

    public static EventContent of(long sequence, Money amount, Fact fact) {
        return new EventContent(sequence, Optional.of(amount), List.of(fact));
    }

    public EventContent and(List<? extends Fact> more) {
        var all = new ArrayList<Fact>(facts);
        all.addAll(more);
        return new EventContent(sequence, amount, all);
    }

    /** The translation of an event with this content: {@link Translation.Ignored} if it has no fact. */
    public Translation translation(String type, Instant occurredAt) {
        return facts.isEmpty()
                ? new Translation.Ignored(type)
                : new Translation.Understood(new Notification(type, occurredAt, sequence, amount, facts));
    }
}
