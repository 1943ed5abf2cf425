package ipn.gateway.content;

import java.util.Optional;

/**
 * What a notification is made of, to be held against what is known of its gateway.
 *
 * @param fields all of it as one JSON object, whatever it was written in
 */
public record PayloadView(JsonField fields) {
    /** Of a body that is one JSON object; empty where it is none. */
    public static Optional<PayloadView> ofJson(Bytes body) {
        return RefusedException.unlessRefused(() -> new PayloadView(StrictJson.read(body)));
    }

    @Override
    public String toString() {
        return "PayloadView";
    }
}
