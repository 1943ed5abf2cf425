package ipn.gateway.googleplay;

import ipn.gateway.AccountId;
import ipn.gateway.Delivery;
import ipn.gateway.Item;
import ipn.gateway.Receiver;
import ipn.gateway.Translation;
import ipn.gateway.content.RefusedException;
import ipn.gateway.content.StrictJson;
import ipn.topics.Reason;

/**
 * Translates notifications and documents.
 *
 * @param subscription the Pub/Sub subscription a notification must come by
 * @param app the apps it may be about, by package name
 */
record GooglePlayTranslator(AccountId account, String subscription, Receiver app) {

    Translation translate(Delivery delivery, Item item) {
        return Translation.orRefused(() -> {
            var url = delivery.fetchedFrom();
            return url.isPresent() ? document(url.get(), delivery, item) : notification(delivery);
        });
    }

    private Translation notification(Delivery delivery) {
        var notification = GooglePlayNotification.read(delivery);
        if (!notification.subscription().equals(subscription)) {
            throw new RefusedException(
                    Reason.WRONG_RECEIVER,
                    "/subscription: another one (expected: gateways.google-play's subscription)");
        }
        requireOurs("/message/data/packageName", notification.packageName());
        var type = notification.kind().type(notification.about());
        if (type.isEmpty()) {
            throw new RefusedException(
                    Reason.MISSING_FIELD,
                    notification.about().pointer() + "/notificationType: missing (expected: a number)");
        }
        return NotificationReaders.read(type, notification).translation(type, notification.at());
    }

    private Translation document(String url, Delivery delivery, Item item) {
        var place = PublisherResource.of(url)
                .orElseThrow(() -> new RefusedException(Reason.MALFORMED, "its URL: not one of Google Play's API"));
        requireOurs("its URL", place.packageName());
        var document = GooglePlayDocument.read(account, place, StrictJson.read(delivery.body()), delivery);
        return switch (place.kind()) {
            case SUBSCRIPTION ->
                item.index() == 0 ? SubscriptionPurchase.read(document) : SubscriptionPurchase.linked(document);
            case PRODUCT -> ProductPurchase.read(document);
            case ORDER -> Orders.read(document);
        };
    }

    private void requireOurs(String place, String packageName) {
        if (!app.accepts(packageName)) {
            throw app.refusal(place);
        }
    }
}
