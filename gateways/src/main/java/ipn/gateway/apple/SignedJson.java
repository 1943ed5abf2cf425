package ipn.gateway.apple;

import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ipn.gateway.content.Bytes;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.JsonShape;
import ipn.gateway.content.PayloadView;
import ipn.gateway.content.RefusedException;
import ipn.gateway.content.StrictJson;
import ipn.gateway.signature.CompactJws;
import ipn.topics.Reason;
import java.util.List;
import java.util.Optional;

/** Reads the JSON inside signed tokens, without verifying them. */
final class SignedJson {
    private static final String FIELD = "signedPayload";
    private static final JsonShape BODY = JsonShape.of(List.of("/" + FIELD));

    private SignedJson() {}

    /** The token in a body; absent if there is none. Other fields of the body are not signed and not read. */
    static JsonField in(Bytes body) {
        return StrictJson.glance(body, BODY)
                .map(root -> root.at(FIELD))
                .orElseGet(() -> new JsonField(MissingNode.getInstance(), "/" + FIELD));
    }

    /** The token in a field; empty if the field contains anything else. */
    static Optional<CompactJws> token(JsonField field) {
        return Optional.ofNullable(field.node().textValue()).flatMap(CompactJws::parse);
    }

    /** The wanted fields of a token's payload. */
    static Optional<JsonField> glance(JsonField field, JsonShape wanted) {
        return token(field).flatMap(token -> StrictJson.glance(token.payload(), wanted));
    }

    /** The whole notification, with each inner token replaced by its payload. */
    static Optional<PayloadView> payloadView(Bytes body) {
        try {
            var payload = read(in(body));
            if (payload.at("data").node() instanceof ObjectNode data) {
                for (var inside : List.of("signedTransactionInfo", "signedRenewalInfo")) {
                    if (data.has(inside)) {
                        data.set(inside, read(payload.at("data").at(inside)).node());
                    }
                }
            }
            return Optional.of(new PayloadView(payload));
        } catch (RefusedException e) {
            return Optional.empty();
        }
    }

    /**
     * The whole payload of a token; JSON pointers into it start at the field that contains the token.
     *
     * @throws RefusedException MISSING_FIELD, MALFORMED, TOO_DEEP or DUPLICATE_KEY
     */
    static JsonField read(JsonField field) {
        var token = token(field.required())
                .orElseThrow(() -> new RefusedException(Reason.MALFORMED, field.pointer() + ": not a signed token"));
        return new JsonField(StrictJson.read(token.payload()).node(), field.pointer());
    }
}
