package ipn.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** A simulated gateway that sends for one merchant account. */
public record Simulator(SimulatedGateway gateway, Sender sender) {

    /** Every gateway that can be simulated. */
    public static List<SimulatedGateway> gateways() {
        return ServiceLoader.load(SimulatedGateway.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /** The gateway of that name, if it can be simulated. */
    public static Optional<SimulatedGateway> find(String name) {
        return gateways().stream()
                .filter(gateway -> gateway.name().equals(name))
                .findFirst();
    }

    /**
     * A signed notification.
     *
     * @param now when it is signed; gateways sign each attempt anew
     */
    public Outgoing notification(String event, Sample sample, Fault fault, Instant now) {
        return signed(gateway.draft(event, sample, sender), fault, now);
    }

    /** Several notifications in one delivery; empty if the gateway never sends batches. */
    public Optional<Outgoing> batch(List<String> events, List<Sample> samples, Fault fault, Instant now) {
        var drafts = java.util.stream.IntStream.range(0, events.size())
                .mapToObj(i -> gateway.draft(events.get(i), samples.get(i), sender))
                .toList();
        return gateway.batch(drafts).map(draft -> signed(draft, fault, now));
    }

    private Outgoing signed(Draft draft, Fault fault, Instant now) {
        return switch (fault) {
            case NONE -> gateway.sign(draft, sender, now);
            case FORGED -> gateway.sign(draft, gateway.forger(sender), now);
            case MALFORMED -> gateway.sign(gateway.malformed(draft), sender, now);
            case TAMPERED -> gateway.sign(draft, sender, now).tampered();
        };
    }
}
