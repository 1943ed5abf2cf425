package ipn.app.life;

import ipn.app.simulator.Fault;
import ipn.app.simulator.Ids;
import ipn.app.simulator.Outgoing;
import ipn.app.simulator.Sample;
import ipn.app.simulator.SimulatedGateway;
import ipn.app.simulator.Simulator;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything between a customer and a gateway, from the first payment to the end.
 *
 * @param product bought; its price is what the steps pay unless they say otherwise
 * @param steps in the order in which they happen
 */
public record Life(String gateway, String product, List<Step> steps, End end) {
    public Life {
        steps = List.copyOf(steps);
    }

    /**
     * One event.
     *
     * @param month 0 for the first payment; each later month is another payment of the same subscription
     * @param minorUnits of US dollars
     */
    public record Step(String event, int month, long minorUnits) {}

    /**
     * How it ends.
     *
     * @param status of the entitlement
     * @param reason of the entitlement
     * @param payments status and dispute status of every payment key, sorted
     */
    public record End(String status, String reason, List<String> payments) {
        public End {
            payments = payments.stream().sorted().toList();
        }
    }

    /** The signed notifications, in the order of the steps. */
    public List<Outgoing> notifications(Simulator simulator, String token, String subject, Instant now) {
        var gateway = simulator.gateway();
        var sent = new ArrayList<Outgoing>();
        for (var i = 0; i < steps.size(); i++) {
            var at = now.minus(Duration.ofMinutes(steps.size() - i));
            var sample = sample(gateway, token, subject, i, at, now);
            sent.add(simulator.notification(steps.get(i).event(), sample, Fault.NONE, now));
        }
        return sent;
    }

    private Sample sample(SimulatedGateway gateway, String token, String subject, int index, Instant at, Instant now) {
        var step = steps.get(index);
        var first = gateway.ids(token + "A");
        var month = gateway.ids(token + (char) ('A' + step.month()));
        var event = gateway.ids(token + "E" + index).event();
        var ids = new Ids(event, month.payment(), month.bill(), first.subscription());
        var from = now.minus(Duration.ofDays(31)).plus(Duration.ofDays(30L * step.month()));
        return new Sample(ids, words(subject), new Money(step.minorUnits(), "USD"), at, Sample.Period.monthFrom(from));
    }

    private Map<ReferenceName, String> words(String subject) {
        var words = new EnumMap<ReferenceName, String>(ReferenceName.class);
        words.put(ReferenceName.SUBJECT, subject);
        words.put(ReferenceName.PRODUCT, product);
        scope().ifPresent(post -> words.put(ReferenceName.REFERENCE, post));
        return words;
    }

    private Optional<String> scope() {
        return product.equals("promoted-post") ? Optional.of("post-1") : Optional.empty();
    }

    @Override
    public String toString() {
        return gateway;
    }
}
