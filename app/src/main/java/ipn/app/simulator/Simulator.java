package ipn.app.simulator;

import java.time.Instant;
import java.util.List;

/** A simulated gateway that sends for one merchant account. */
public record Simulator(SimulatedGateway gateway, Sender sender) {

    /** Every gateway that can be simulated. */
    public static List<SimulatedGateway> gateways() {
        return List.of(new StripeSimulator(), new PayPalSimulator(), new StandardWebhooksSimulator());
    }

    /**
     * A signed notification.
     *
     * @param now when it is signed; gateways sign each attempt anew
     */
    public Outgoing notification(String event, Sample sample, Fault fault, Instant now) {
        var draft = gateway.draft(event, sample, sender);
        return switch (fault) {
            case NONE -> gateway.sign(draft, sender, now);
            case FORGED -> gateway.sign(draft, sender.forged(), now);
            case MALFORMED -> gateway.sign(gateway.garbled(draft), sender, now);
        };
    }
}
