package ipn.app.simulator;

import ipn.gateway.Bytes;

/**
 * A notification before it is signed.
 *
 * @param eventId the gateway's id of the event, where the signature covers it
 */
public record Draft(String contentType, String eventId, Bytes body) {

    Draft withBody(Bytes other) {
        return new Draft(contentType, eventId, other);
    }
}
