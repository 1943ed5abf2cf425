package ipn.app.command.send;

import ipn.simulator.Fault;
import ipn.simulator.Outgoing;
import ipn.simulator.Sample;
import ipn.simulator.Simulator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What is to be sent: each event by itself, or all of them as one delivery, the given number of times.
 *
 * @param samples one for each event
 */
record SendPlan(List<String> events, List<Sample> samples, boolean batch, int times) {

    /** One delivery to be made. */
    record Planned(List<String> events, List<Sample> samples, boolean batch) {
        /** What it is called. */
        String name() {
            return String.join(" + ", events);
        }

        /** Signed; empty where the gateway never sends a batch. */
        Optional<Outgoing> outgoing(Simulator simulator, Fault fault, Instant now) {
            return batch
                    ? simulator.batch(events, samples, fault, now)
                    : Optional.of(simulator.notification(events.get(0), samples.get(0), fault, now));
        }
    }

    /** In the order in which things happened, as often as they are told. */
    List<Planned> deliveries() {
        var all = new ArrayList<Planned>();
        for (var time = 0; time < times; time++) {
            if (batch) {
                all.add(new Planned(events, samples, true));
            } else {
                IntStream.range(0, events.size())
                        .mapToObj(i -> new Planned(List.of(events.get(i)), List.of(samples.get(i)), false))
                        .forEach(all::add);
            }
        }
        return all;
    }
}
