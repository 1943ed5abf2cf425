package ipn.bench;

import ipn.simulator.Outgoing;

/**
 * One HTTP call to make.
 *
 * @param gateway whose endpoint it goes to
 * @param eventKey {@code gateway/account/event id}, or empty where nobody could tell
 * @param kind what it is, and so what must be answered
 */
record Shot(String gateway, String eventKey, Kind kind, Outgoing outgoing) {
    enum Kind {
        GENUINE,
        REDELIVERY,
        MALFORMED,
        FORGED
    }
}
