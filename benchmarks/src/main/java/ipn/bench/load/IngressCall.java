package ipn.bench.load;

import ipn.simulator.Outgoing;

/**
 * One HTTP call to make.
 *
 * @param gateway whose endpoint it goes to
 * @param eventKey {@code gateway/account/event id}, or empty where nobody could tell
 * @param kind what it is, and so what must be answered
 */
public record IngressCall(String gateway, String eventKey, Kind kind, Outgoing outgoing) {
    public enum Kind {
        GENUINE,
        REDELIVERY,
        MALFORMED,
        FORGED
    }
}
