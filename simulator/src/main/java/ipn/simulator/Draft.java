package ipn.simulator;

import ipn.gateway.content.Bytes;
import java.util.HashMap;
import java.util.Map;

/**
 * A notification before it is signed.
 *
 * @param eventId the gateway's id of the event, for signatures and headers that contain it
 * @param headers besides the content type and the signature
 * @param documents that the gateway serves from now on, by path
 */
public record Draft(
        String contentType, String eventId, Bytes body, Map<String, String> headers, Map<String, Bytes> documents) {
    public Draft {
        headers = Map.copyOf(headers);
        documents = Map.copyOf(documents);
    }

    public Draft(String contentType, String eventId, Bytes body) {
        this(contentType, eventId, body, Map.of(), Map.of());
    }

    public Draft withBody(Bytes other) {
        return new Draft(contentType, eventId, other, headers, documents);
    }

    public Draft withHeader(String name, String value) {
        var more = new HashMap<>(headers);
        more.put(name, value);
        return new Draft(contentType, eventId, body, more, documents);
    }

    public Draft withDocument(String path, Bytes document) {
        var more = new HashMap<>(documents);
        more.put(path, document);
        return new Draft(contentType, eventId, body, headers, more);
    }

    /** Ready to be sent, with the headers of its signature. */
    public Outgoing signed(Map<String, String> signatureHeaders) {
        var all = new HashMap<>(headers);
        all.put("Content-Type", contentType);
        all.putAll(signatureHeaders);
        return new Outgoing(all, body, documents);
    }
}
