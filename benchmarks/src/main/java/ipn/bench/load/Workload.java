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
import java.util.function.IntFunction;

/**
 * The calls of many scenarios in random order: every step once, some steps again, and additional malformed and forged calls.
 *
 * @param genuine the number of authentic calls, redeliveries included
 */
public record Workload(List<Scenario> scenarios, List<IngressCall> calls, int genuine) {
    /**
     * The size and the mix of a workload. The shares are fractions of the authentic calls.
     *
     * @param genuine the number of authentic calls, redeliveries included
     */
    public record Plan(int genuine, double redelivered, double malformed, double forged, long seed) {}

    /**
     * Creates and signs the calls.
     *
     * @param scenarios the scenario of each number
     */
    public static Workload create(
            Plan plan, IntFunction<Scenario> scenarios, Map<String, Sender> senders, Instant now) {
        var random = new Random(plan.seed());
        var used = new ArrayList<Scenario>();
        var calls = new ArrayList<IngressCall>();
        var once = (int) Math.round(plan.genuine() / (1 + plan.redelivered()));
        for (var number = 0; calls.size() < once; number++) {
            var scenario = scenarios.apply(number);
            used.add(scenario);
            scenario.steps().forEach(step -> calls.add(call(step, Kind.GENUINE, senders, now)));
        }
        var sentOnce = List.copyOf(calls);
        while (calls.size() < plan.genuine()) {
            var first = sentOnce.get(random.nextInt(sentOnce.size()));
            calls.add(new IngressCall(first.gateway(), first.eventKey(), Kind.REDELIVERY, first.outgoing()));
        }
        var genuine = calls.size();
        malformedAndForged(plan, genuine, scenarios, senders, now).forEach(calls::add);
        Collections.shuffle(calls, random);
        return new Workload(used, calls, genuine);
    }

    /** The orders of all scenarios. */
    public List<Order> orders() {
        return scenarios.stream().flatMap(scenario -> scenario.order().stream()).toList();
    }

    /** The calls of one scenario in the order of its events, each signed now and sent once. */
    public static List<IngressCall> calls(Scenario scenario, Map<String, Sender> senders, Instant now) {
        return scenario.steps().stream()
                .map(step -> call(step, Kind.GENUINE, senders, now))
                .toList();
    }

    /** Calls that must have no effect, about payments that no scenario contains. */
    private static List<IngressCall> malformedAndForged(
            Plan plan, int genuine, IntFunction<Scenario> scenarios, Map<String, Sender> senders, Instant now) {
        var calls = new ArrayList<IngressCall>();
        var number = 10_000_000;
        for (var i = 0; i < genuine * plan.malformed(); i++) {
            calls.add(call(scenarios.apply(number++).steps().get(0), Kind.MALFORMED, senders, now));
        }
        for (var i = 0; i < genuine * plan.forged(); i++) {
            calls.add(call(scenarios.apply(number++).steps().get(0), Kind.FORGED, senders, now));
        }
        return calls;
    }

    static IngressCall call(Step step, Kind kind, Map<String, Sender> senders, Instant now) {
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
