package ipn.gateway.mollie;

import ipn.gateway.AccountId;
import ipn.gateway.Delivery;
import ipn.gateway.Item;
import ipn.gateway.content.Bytes;
import ipn.gateway.content.EventType;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.JsonShape;
import ipn.gateway.content.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the payment key of a delivery: always the payment's id. Does not validate, so it accepts any body. */
final class MollieKeys {
    private static final JsonShape DOCUMENT = JsonShape.of(Progress.POINTERS);
    private static final JsonShape EVENT = JsonShape.of(List.of(
            "/id",
            "/type",
            "/entityId",
            "/_embedded/entity/id",
            "/_embedded/entity/paymentId",
            "/_embedded/entity/resource",
            "/_embedded/entity/amountChargedBack/value",
            "/_embedded/entity/_embedded/chargebacks",
            "/_links/entity/href"));

    private static final Pattern PAYMENT_URL =
            Pattern.compile("https://" + Pattern.quote(MollieApi.HOST) + "/v2/payments/(tr_[A-Za-z0-9]{1,64})(/.*)?");

    private MollieKeys() {}

    static Item item(Delivery delivery, AccountId account) {
        var body = delivery.body();
        var item = delivery.fetchedFrom().isPresent()
                ? StrictJson.glance(body, DOCUMENT).flatMap(document -> document(document, account))
                : Hint.in(body)
                        .map(hint -> item(account, hint.id(), hint.id() + ":" + Hint.TYPE, Hint.TYPE))
                        .or(() -> StrictJson.glance(body, EVENT).flatMap(event -> event(event, account)));
        return item.orElseGet(() -> Item.unidentified(account, body));
    }

    /** Two look-ups of the same state are one event. */
    private static Optional<Item> document(JsonField payment, AccountId account) {
        var status = payment.at("status").code();
        var state = new ArrayList<>(List.of(status));
        for (var amount : List.of("amountRefunded", "amountChargedBack")) {
            state.add(payment.at(amount).at("value").code());
        }
        state.add(Long.toString(Progress.of(payment)));
        return payment.at("id")
                .glanceId()
                .map(id -> item(account, id, id + ":" + String.join(":", state), documentType(status)));
    }

    /** As the next-gen event of the same meaning is called. */
    static String documentType(String status) {
        return EventType.is(status) ? "payment." + status : "";
    }

    private static Optional<Item> event(JsonField event, AccountId account) {
        var type = EventType.glance(event.at("type"));
        return event.at("id")
                .glanceId()
                .map(id -> item(account, paymentId(type, event).orElse(id), id, type));
    }

    /** Refunds, chargebacks and captures name their payment, or their address does. */
    static Optional<String> paymentId(String type, JsonField event) {
        var entity = event.at("_embedded").at("entity");
        if (type.startsWith("payment.")) {
            return event.at("entityId").glanceId().or(() -> entity.at("id").glanceId());
        }
        return entity.at("paymentId")
                .glanceId()
                .or(() -> paymentInLink(event))
                .or(() -> event.at("entityId").glanceId());
    }

    /** The payment missing from a genuine event; empty if the event embeds it or is about no payment. */
    static Optional<String> paymentToLookUp(Bytes body) {
        return StrictJson.glance(body, EVENT)
                .filter(event -> MollieTranslator.needsLook(EventType.glance(event.at("type")), event))
                .flatMap(event -> paymentId(EventType.glance(event.at("type")), event))
                .filter(Hint::isPayment);
    }

    private static Optional<String> paymentInLink(JsonField event) {
        return event.at("_links")
                .at("entity")
                .at("href")
                .glance()
                .map(PAYMENT_URL::matcher)
                .filter(matcher -> matcher.matches())
                .map(matcher -> matcher.group(1));
    }

    private static Item item(AccountId account, String paymentId, String eventId, String type) {
        return Item.of(0, account, paymentId, eventId, type);
    }
}
