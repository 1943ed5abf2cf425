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

/** Gets at the JSON inside signed tokens. Whether it is Apple's is not asked here. */
final class SignedJson {
    private static final String FIELD = "signedPayload";
    private static final JsonShape BODY = JsonShape.of(List.of("/" + FIELD));

    private SignedJson() {}

    /** The token that a body consists of; absent where it has none. Whatever stands beside it nobody signed: not read. */
    static JsonField in(Bytes body) {
        return StrictJson.glance(body, BODY)
                .map(root -> root.at(FIELD))
                .orElseGet(() -> new JsonField(MissingNode.getInstance(), "/" + FIELD));
    }

    /** The token in a field, unless something else is there. */
    static Optional<CompactJws> token(JsonField field) {
        return Optional.ofNullable(field.node().textValue()).flatMap(CompactJws::parse);
    }

    /** What a token says, as far as it is wanted. */
    static Optional<JsonField> glance(JsonField field, JsonShape wanted) {
        return token(field).flatMap(token -> StrictJson.glance(token.payload(), wanted));
    }

    /** All that a notification says, the tokens inside replaced by what they say. */
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
     * What a token says, all of it; places in it go by the field the token stands in.
     *
     * @throws RefusedException MISSING_FIELD, MALFORMED, TOO_DEEP or DUPLICATE_KEY
     */
    static JsonField read(JsonField field) {
        var token = token(field.required())
                .orElseThrow(() -> new RefusedException(Reason.MALFORMED, field.pointer() + ": not a signed token"));
        return new JsonField(StrictJson.read(token.payload()).node(), field.pointer());
    }
}
