package ipn.bench.load;

import ipn.avro.Order;
import ipn.bench.load.IngressCall.Kind;
import ipn.bench.load.Scenario.Step;
import ipn.simulator.Fault;
import ipn.simulator.Sender;
import ipn.simulator.Simulator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * Stories made into calls: every step once, some again, malformed and forged ones on top, all shuffled.
 *
 * @param genuine steps sent once, and those sent again
 */
record Workload(List<Scenario> stories, List<IngressCall> shots, int genuine) {
    /** @param genuine how many authentic notifications in all, redeliveries among them */
    record Plan(int genuine, double redelivered, double malformed, double forged, long seed) {}

    static Workload of(Plan plan, Scenarios plots, Map<String, Sender> senders, Instant now) {
        var random = new Random(plan.seed());
        var stories = new ArrayList<Scenario>();
        var shots = new ArrayList<IngressCall>();
        var once = (int) Math.round(plan.genuine() / (1 + plan.redelivered()));
        for (var number = 0; shots.size() < once; number++) {
            var story = plots.story(number);
            stories.add(story);
            story.steps().forEach(step -> shots.add(shot(step, Kind.GENUINE, senders, now)));
        }
        var sentOnce = List.copyOf(shots);
        while (shots.size() < plan.genuine()) {
            var again = sentOnce.get(random.nextInt(sentOnce.size()));
            shots.add(new IngressCall(again.gateway(), again.eventKey(), Kind.REDELIVERY, again.outgoing()));
        }
        var genuine = shots.size();
        spoiled(plan, genuine, plots, senders, now).forEach(shots::add);
        Collections.shuffle(shots, random);
        return new Workload(stories, shots, genuine);
    }

    /** What checkouts expect of it, by story. */
    List<Order> orders() {
        return stories.stream().flatMap(story -> story.order().stream()).toList();
    }

    /** Calls nobody may act on: of payments that no story tells of. */
    private static List<IngressCall> spoiled(
            Plan plan, int genuine, Scenarios plots, Map<String, Sender> senders, Instant now) {
        var shots = new ArrayList<IngressCall>();
        var number = 10_000_000;
        for (var i = 0; i < genuine * plan.malformed(); i++) {
            shots.add(shot(plots.story(number++).steps().get(0), Kind.MALFORMED, senders, now));
        }
        for (var i = 0; i < genuine * plan.forged(); i++) {
            shots.add(shot(plots.story(number++).steps().get(0), Kind.FORGED, senders, now));
        }
        return shots;
    }

    static IngressCall shot(Step step, Kind kind, Map<String, Sender> senders, Instant now) {
        var gateway = Scenarios.simulated(step.gateway());
        var fault = switch (kind) {
            case GENUINE, REDELIVERY -> Fault.NONE;
            case MALFORMED -> Fault.MALFORMED;
            case FORGED -> Fault.FORGED;
        };
        var outgoing = new Simulator(gateway, Objects.requireNonNull(senders.get(step.gateway())))
                .notification(step.event(), step.sample(), fault, now);
        return new IngressCall(
                step.gateway(), step.gateway() + "/main/" + step.sample().ids().event(), kind, outgoing);
    }
}
