package ipn.gateway.content;

import java.util.Optional;

/**
 * The fields of a notification, for comparison with the known format of its gateway.
 *
 * @param fields all fields as one JSON object, whatever the original format
 */
public record PayloadView(JsonField fields) {
    /** The view of a body that is one JSON object; empty for any other body. */
    public static Optional<PayloadView> ofJson(Bytes body) {
        return RefusedException.unlessRefused(() -> new PayloadView(StrictJson.read(body)));
    }

    @Override
    public String toString() {
        return "PayloadView";
    }
}
