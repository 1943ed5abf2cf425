package ipn.gateway.googleplay;

import ipn.gateway.Delivery;
import ipn.gateway.NotificationTime;
import ipn.gateway.Receiver;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.gateway.googleplay.PublisherApi.Document;
import ipn.gateway.googleplay.PublisherResource.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * Fetches what a notification is about: the current purchase, then the orders that paid for it. Orders do not contain their
 * mode, so orders are not fetched if the purchase has the other mode or does not exist.
 *
 * @param live true: skip purchases of license testers; false: skip all others
 * @param subscription the Pub/Sub subscription whose notifications are accepted
 * @param app the apps whose notifications are accepted, by package name
 */
record Looks(boolean live, String subscription, Receiver app, PublisherApi api) {
    /** A purchase has one order, or one for each of its items. */
    private static final int ORDERS_MAX = 8;

    /**
     * What to fetch.
     *
     * @param orders the order ids in the notification itself
     */
    private record Look(Instant notifiedAt, PublisherResource purchase, Set<String> orders) {}

    /** Empty if there is nothing to fetch. Fails if Google gives no answer. */
    CompletionStage<List<Delivery>> because(Delivery notification, Instant now) {
        return look(notification)
                .map(look -> api.get(look.purchase(), now)
                        .thenCompose(purchase -> orders(look, purchase, now)
                                .thenApply(orders -> Stream.concat(purchase.stream(), orders.stream())
                                        .map(document -> delivery(document, notification, look))
                                        .toList())))
                .orElseGet(() -> CompletableFuture.completedFuture(List.of()));
    }

    private static Delivery delivery(Document document, Delivery notification, Look look) {
        return NotificationTime.document(
                document.place().url(), document.contentType(), document.body(), notification, look.notifiedAt());
    }

    /** Invalid notifications and those of other apps are stored and refused later; they cause no fetch. */
    private Optional<Look> look(Delivery delivery) {
        try {
            var notification = GooglePlayNotification.read(delivery);
            var ours = notification.subscription().equals(subscription) && app.accepts(notification.packageName());
            return ours ? look(notification) : Optional.empty();
        } catch (RefusedException e) {
            return Optional.empty();
        }
    }

    private Optional<Look> look(GooglePlayNotification notification) {
        var kind = notification.purchase();
        return kind.map(purchase -> new Look(
                notification.at(),
                new PublisherResource(
                        purchase,
                        notification.packageName(),
                        GooglePlayIds.token(notification.about().at("purchaseToken"))),
                notification.about().at("orderId").id().map(Set::of).orElse(Set.of())));
    }

    private CompletionStage<List<Document>> orders(Look look, Optional<Document> purchase, Instant now) {
        if (purchase.isEmpty() || isTest(purchase.get()) == live) {
            return CompletableFuture.completedFuture(List.of());
        }
        var ids = new LinkedHashSet<>(look.orders());
        ids.addAll(orders(purchase.get().json()));
        CompletionStage<List<Document>> all = CompletableFuture.completedFuture(List.of());
        for (var id : ids.stream().limit(ORDERS_MAX).toList()) {
            var order =
                    api.get(new PublisherResource(Kind.ORDER, look.purchase().packageName(), id), now);
            all = all.thenCombine(order, Looks::and);
        }
        return all;
    }

    private static List<Document> and(List<Document> some, Optional<Document> another) {
        var all = new ArrayList<>(some);
        another.ifPresent(all::add);
        return all;
    }

    private static boolean isTest(Document document) {
        var field = document.place().kind() == Kind.SUBSCRIPTION ? SubscriptionPurchase.TEST : ProductPurchase.TEST;
        return document.json().at(field).isPresent();
    }

    private static List<String> orders(JsonField purchase) {
        var lines = purchase.at("lineItems").elements().stream().map(line -> line.at("latestSuccessfulOrderId"));
        return Stream.concat(Stream.of(purchase.at("orderId")), lines)
                .flatMap(id -> id.glance().stream())
                .filter(GooglePlayIds::isToken)
                .toList();
    }
}
