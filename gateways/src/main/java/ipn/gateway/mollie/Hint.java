package ipn.gateway.mollie;

import ipn.gateway.content.Bytes;
import ipn.gateway.content.Form;
import ipn.gateway.content.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a classic webhook says: the id of something that has changed. Anybody can say so; it only tells where to look, and
 * becomes part of a URL, so nothing passes that is not plainly an id.
 *
 * @param id such as {@code tr_5B8cwPMGnU6qLbRvo7qEZo}
 */
record Hint(String id) {
    /** Event type of a hint; Mollie has no name for it. */
    static final String TYPE = "look";

    private static final int BODY_BYTES_MAX = 1_024;

    /** The hint in a body; empty where there is none. */
    static Optional<Hint> in(Bytes body) {
        if (body.size() > BODY_BYTES_MAX) {
            return Optional.empty();
        }
        try {
            return Form.decode(body, charset -> StandardCharsets.UTF_8)
                    .text("id")
                    .filter(id -> id.matches("[a-z]{2,5}_[A-Za-z0-9]{1,64}"))
                    .map(Hint::new);
        } catch (RefusedException e) {
            return Optional.empty();
        }
    }

    /** Orders, subscriptions and the rest are not looked up: the payments they lead to are told of one by one. */
    boolean isPayment() {
        return isPayment(id);
    }

    static boolean isPayment(String id) {
        return id.matches("tr_[A-Za-z0-9]{1,64}");
    }
}
