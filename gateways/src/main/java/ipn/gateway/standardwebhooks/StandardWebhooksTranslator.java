package ipn.gateway.standardwebhooks;

import ipn.gateway.AccountId;
import ipn.gateway.Delivery;
import ipn.gateway.EventContent;
import ipn.gateway.Item;
import ipn.gateway.Receiver;
import ipn.gateway.Translation;
import ipn.gateway.content.GatewayIds;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.JsonShape;
import ipn.gateway.content.RefusedException;
import ipn.gateway.content.StrictJson;
import ipn.gateway.content.Times;
import ipn.gateway.standardwebhooks.Mapping.Place;
import ipn.topics.Reason;

/** Extracts the keys of a sender's event and translates it, with the sender's mapping. */
final class StandardWebhooksTranslator {
    private final AccountId account;
    private final Mapping mapping;
    private final Receiver receiver;
    private final JsonShape keyShape;

    StandardWebhooksTranslator(AccountId account, Mapping mapping, Receiver receiver) {
        this.account = account;
        this.mapping = mapping;
        this.receiver = receiver;
        this.keyShape = mapping.keyShape();
    }

    Item identify(Delivery delivery) {
        return StandardWebhooksSignature.id(delivery)
                .flatMap(eventId -> StrictJson.glance(delivery.body(), keyShape).map(body -> item(eventId, body)))
                .orElseGet(() -> Item.unidentified(account, delivery.body()));
    }

    private Item item(String eventId, JsonField body) {
        var type = mapping.at(Place.TYPE, body)
                .glance()
                .filter(StandardWebhooksTranslator::isType)
                .orElse("");
        var place =
                mapping.meaning(type).map(meaning -> keyPlace(meaning, body)).orElse(Place.PAYMENT);
        var id =
                mapping.at(place, body).glance().filter(text -> !text.isEmpty()).orElse(eventId);
        return Item.of(0, account, id, eventId, type);
    }

    /**
     * The field with the payment key. An event that names a payment of a subscription is about that payment; without a
     * payment it is about the subscription.
     */
    private Place keyPlace(Meaning meaning, JsonField body) {
        var pays = meaning.isPeriod() && mapping.at(Place.PAYMENT, body).isPresent();
        return meaning.isSubscriptionStatus() || (meaning.isPeriod() && !pays) ? Place.SUBSCRIPTION : Place.PAYMENT;
    }

    Translation translate(Delivery delivery) {
        return Translation.orRefused(() -> translate(delivery, StrictJson.read(delivery.body())));
    }

    private Translation translate(Delivery delivery, JsonField body) {
        var type = type(mapping.at(Place.TYPE, body));
        var meaning = mapping.meaning(type);
        if (meaning.isEmpty()) {
            return new Translation.Ignored(type);
        }
        if (!StandardWebhooksSignature.id(delivery).map(GatewayIds::isId).orElse(false)) {
            throw new RefusedException(Reason.INVALID_ID, "the header webhook-id: not an id");
        }
        checkAddress(body);
        var times = new Times(delivery.receivedAt());
        var occurredAt = mapping.at(Place.OCCURRED_AT, body);
        var event = new SentEvent(account, mapping, body, times);
        var facts = event.facts(meaning.get(), keyPlace(meaning.get(), body) == Place.SUBSCRIPTION);
        return new EventContent(meaning.get().ordinal(), event.amount(), facts)
                .translation(type, times.occurred(Times.isoOrSeconds(occurredAt), occurredAt.pointer()));
    }

    private static String type(JsonField field) {
        return field.required()
                .glance()
                .filter(StandardWebhooksTranslator::isType)
                .orElseThrow(() -> new RefusedException(Reason.MALFORMED, field.pointer() + ": not an event type"));
    }

    private static boolean isType(String text) {
        return text.matches("[!-~]{1,100}");
    }

    private void checkAddress(JsonField body) {
        var named = mapping.at(Place.RECEIVER, body);
        // the mapping states that every event names its receiver, so its absence is not accepted either
        if (!receiver.accepts(named.text().orElse(""))) {
            throw receiver.refusal(named.pointer());
        }
        if (mapping.pointers().containsKey(Place.MODE)) {
            var mode = mapping.at(Place.MODE, body).required();
            if (isLive(mode) != account.live()) {
                throw new RefusedException(Reason.WRONG_MODE, mode.pointer() + ": not the mode of the account");
            }
        }
    }

    private static boolean isLive(JsonField mode) {
        return mode.node().isTextual()
                ? switch (mode.node().textValue()) {
                    case "live", "production" -> true;
                    case "test", "sandbox" -> false;
                    default ->
                        throw new RefusedException(
                                Reason.MALFORMED, mode.pointer() + ": not live, production, test or sandbox");
                }
                : mode.flag();
    }
}
