package ipn.gateway.googleplay;

import ipn.gateway.AccountId;
import ipn.gateway.Delivery;
import ipn.gateway.Item;
import ipn.gateway.Notification;
import ipn.gateway.Translation;
import ipn.gateway.content.RefusedException;
import ipn.gateway.content.StrictJson;
import ipn.topics.Reason;
import java.util.Optional;

/**
 * Says what a notification means, and what a document.
 *
 * @param subscription the Pub/Sub subscription a notification must come by
 * @param packageName the app it must be about
 */
record PlayTranslator(AccountId account, String subscription, String packageName) {

    Translation translate(Delivery delivery, Item item) {
        return Translation.orRefused(() -> {
            var url = delivery.fetchedFrom();
            return url.isPresent() ? document(url.get(), delivery, item) : notification(delivery);
        });
    }

    private Translation notification(Delivery delivery) {
        var said = PlayNotification.read(delivery);
        requireOurs(said.subscription().equals(subscription), "/subscription: another one", "subscription");
        requireOurs(said.packageName().equals(packageName), "/message/data/packageName: another app", "package");
        var type = said.kind().type(said.about());
        if (type.isEmpty()) {
            throw new RefusedException(
                    Reason.MISSING_FIELD, said.about().pointer() + "/notificationType: missing (expected: a number)");
        }
        return translation(type, NotificationReaders.read(type, said));
    }

    private Translation document(String url, Delivery delivery, Item item) {
        var place = Place.of(url)
                .orElseThrow(() -> new RefusedException(Reason.MALFORMED, "its place: not one of Google Play's API"));
        requireOurs(place.packageName().equals(packageName), "its place: another app", "package");
        var document = PlayDocument.read(account, place, StrictJson.read(delivery.body()), delivery);
        var facts = switch (place.kind()) {
            case SUBSCRIPTION ->
                item.index() == 0 ? SubscriptionPurchase.read(document) : SubscriptionPurchase.linked(document);
            case PRODUCT -> ProductPurchase.read(document);
            case ORDER -> Orders.read(document);
        };
        return translation(item.type(), facts);
    }

    private static Translation translation(String type, Optional<Notification> notification) {
        return notification
                .<Translation>map(Translation.Understood::new)
                .orElseGet(() -> new Translation.Ignored(type));
    }

    private static void requireOurs(boolean ours, String otherwise, String setting) {
        if (!ours) {
            throw new RefusedException(
                    Reason.WRONG_RECEIVER, otherwise + " (expected: gateways.google-play's " + setting + ")");
        }
    }
}
