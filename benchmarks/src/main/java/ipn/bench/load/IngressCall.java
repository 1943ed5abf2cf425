package ipn.bench.load;

import ipn.simulator.Outgoing;

/**
 * One HTTP call to the ingress.
 *
 * @param gateway the gateway whose endpoint is called
 * @param eventKey {@code gateway/account/event id}; empty if it does not matter
 * @param kind decides the expected status of the response
 */
public record IngressCall(String gateway, String eventKey, Kind kind, Outgoing outgoing) {
    /** Whether the call is authentic, and sent for the first time. */
    public enum Kind {
        GENUINE,
        REDELIVERY,
        MALFORMED,
        FORGED
    }
}
