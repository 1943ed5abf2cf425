package ipn.app.life;

import ipn.avro.AccessReason;
import ipn.avro.EntitlementStatus;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import ipn.simulator.Fault;
import ipn.simulator.Ids;
import ipn.simulator.Outgoing;
import ipn.simulator.Sample;
import ipn.simulator.SimulatedGateway;
import ipn.simulator.Simulator;
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
 * @param paid the event of the steps that by itself says who has paid for what
 * @param steps in the order in which they happen
 */
public record Life(String gateway, String product, String paid, List<Step> steps, End end) {
    private static final String PREMIUM = "premium";
    private static final String POST = "promoted-post";

    public Life {
        steps = List.copyOf(steps);
        if (steps.stream().noneMatch(step -> step.event().equals(paid))) {
            throw new IllegalArgumentException(gateway + ": " + paid + ": never happens (expected: one of the steps)");
        }
    }

    static Life premium(String gateway, String paid, List<Step> steps, End end) {
        return new Life(gateway, PREMIUM, paid, steps, end);
    }

    static Life post(String gateway, String paid, List<Step> steps, End end) {
        return new Life(gateway, POST, paid, steps, end);
    }

    /**
     * One event.
     *
     * @param month 0 for the first payment; each later month is another payment of the same subscription
     * @param minorUnits of US dollars
     */
    public record Step(String event, int month, long minorUnits) {
        private static final long PREMIUM_PRICE = 800;
        private static final long POST_PRICE = 2500;

        static Step month(int month, String event) {
            return new Step(event, month, PREMIUM_PRICE);
        }

        static Step post(String event) {
            return new Step(event, 0, POST_PRICE);
        }
    }

    /**
     * How it ends.
     *
     * @param status of the entitlement
     * @param reason of the entitlement
     * @param payments status and dispute status of every payment key, sorted
     */
    public record End(EntitlementStatus status, AccessReason reason, List<String> payments) {
        public End {
            payments = payments.stream().sorted().toList();
        }
    }

    /** The signed notifications, in the order of the steps, a minute apart; the second month has just begun. */
    public List<Outgoing> notifications(Simulator simulator, String token, String subject, Instant now) {
        var times = new ArrayList<Instant>();
        for (var i = 0; i < steps.size(); i++) {
            times.add(now.minus(Duration.ofMinutes(steps.size() - i)));
        }
        return notifications(simulator, token, subject, now, times);
    }

    /** @param times when each of the steps happened */
    public List<Outgoing> notifications(
            Simulator simulator, String token, String subject, Instant now, List<Instant> times) {
        var began = now.minus(Duration.ofDays(31));
        var sent = new ArrayList<Outgoing>();
        for (var i = 0; i < steps.size(); i++) {
            var sample = sample(simulator.gateway(), token, subject, i, times.get(i), began);
            sent.add(simulator.notification(steps.get(i).event(), sample, Fault.NONE, now));
        }
        return sent;
    }

    /** The notification that by itself says who has paid for what, the first period beginning now. */
    public Outgoing paid(Simulator simulator, String token, String subject, Fault fault, Instant now) {
        var index = steps.stream().map(Step::event).toList().indexOf(paid);
        return simulator.notification(paid, sample(simulator.gateway(), token, subject, index, now, now), fault, now);
    }

    private Sample sample(
            SimulatedGateway gateway, String token, String subject, int index, Instant at, Instant began) {
        var step = steps.get(index);
        var first = gateway.ids(token + "A");
        var month = gateway.ids(token + (char) ('A' + step.month()));
        var event = gateway.ids(token + "E" + index).event();
        var ids = new Ids(event, month.payment(), month.invoice(), first.subscription());
        var from = began.plus(Duration.ofDays(30L * step.month()));
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
        return product.equals(POST) ? Optional.of("post-1") : Optional.empty();
    }

    @Override
    public String toString() {
        return gateway;
    }
}
