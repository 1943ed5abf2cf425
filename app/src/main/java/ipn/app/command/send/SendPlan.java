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
 * The deliveries to send: one for each event, or one for all events, the given number of times.
 *
 * @param samples one for each event
 */
record SendPlan(List<String> events, List<Sample> samples, boolean batch, int times) {

    /** One delivery to send. */
    record Planned(List<String> events, List<Sample> samples, boolean batch) {
        /** The names of its events. */
        String name() {
            return String.join(" + ", events);
        }

        /** The signed delivery; empty if the gateway sends no batches. */
        Optional<Outgoing> outgoing(Simulator simulator, Fault fault, Instant now) {
            return batch
                    ? simulator.batch(events, samples, fault, now)
                    : Optional.of(simulator.notification(events.get(0), samples.get(0), fault, now));
        }
    }

    /** All deliveries in the sequence of the events, repeated {@code times} times. */
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
