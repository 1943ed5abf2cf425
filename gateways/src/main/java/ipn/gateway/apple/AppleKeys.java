package ipn.gateway.apple;

import ipn.gateway.AccountId;
import ipn.gateway.Item;
import ipn.gateway.content.Bytes;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.JsonShape;
import java.util.List;
import java.util.Optional;

/** Finds the payment key: the original transaction id, which all renewals contain. Does not validate. */
final class AppleKeys {
    private static final String ORIGINAL = "originalTransactionId";
    private static final JsonShape INSIDE = JsonShape.of(List.of("/" + ORIGINAL));
    private static final JsonShape WANTED = JsonShape.of(List.of(
            "/notificationType",
            "/subtype",
            "/notificationUUID",
            "/data/signedTransactionInfo",
            "/data/signedRenewalInfo"));

    private AppleKeys() {}

    static Item item(Bytes body, AccountId account) {
        return SignedJson.glance(SignedJson.in(body), WANTED)
                .flatMap(payload -> item(payload, account))
                .orElseGet(() -> Item.unidentified(account, body));
    }

    private static Optional<Item> item(JsonField payload, AccountId account) {
        return payload.at("notificationUUID")
                .glanceId()
                .map(event -> Item.of(
                        0,
                        account,
                        original(payload.at("data")).orElse(event),
                        event,
                        type(payload).orElse("")));
    }

    private static Optional<String> original(JsonField data) {
        return original(data, "signedTransactionInfo").or(() -> original(data, "signedRenewalInfo"));
    }

    private static Optional<String> original(JsonField data, String name) {
        return SignedJson.glance(data.at(name), INSIDE)
                .flatMap(inside -> inside.at(ORIGINAL).glanceId());
    }

    /** {@code TYPE} or {@code TYPE.SUBTYPE}; empty if it is not a valid name. */
    static Optional<String> type(JsonField payload) {
        var type = payload.at("notificationType").glance().filter(AppleKeys::isName);
        var subtype = payload.at("subtype");
        if (!subtype.isPresent() || subtype.glance().filter(""::equals).isPresent()) {
            return type;
        }
        return type.flatMap(name -> subtype.glance().filter(AppleKeys::isName).map(sub -> name + "." + sub));
    }

    private static boolean isName(String text) {
        return text.matches("[A-Z0-9_]{1,64}");
    }
}
