package ipn.simulator.vendor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import ipn.gateway.content.Bytes;
import ipn.simulator.template.Json;
import ipn.simulator.template.JsonTemplate;
import ipn.simulator.template.TemplateValues;
import java.net.URLEncoder;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** The content of Google Play's notifications, and the documents that its API serves from then on. */
record GooglePlayNotifications(TemplateValues values, String packageName) {
    private static final JsonTemplate NOTIFICATION = JsonTemplate.load("google-play/notification.json");
    private static final JsonTemplate SUBSCRIPTION_NOTIFICATION =
            JsonTemplate.load("google-play/subscription-notification.json");
    private static final JsonTemplate PRODUCT_NOTIFICATION = JsonTemplate.load("google-play/product-notification.json");
    private static final JsonTemplate VOIDED_PURCHASE = JsonTemplate.load("google-play/voided-purchase.json");

    private enum About {
        SUBSCRIPTION,
        PRODUCT
    }

    /**
     * One kind of notification.
     *
     * @param number type of the notification, or refund type of a voided purchase
     * @param state of the purchase from then on
     * @param order state of the order; empty if no money moved
     */
    private record Kind(About about, boolean voided, int number, String state, String order) {
        static Kind subscription(int number, String state, String order) {
            return new Kind(About.SUBSCRIPTION, false, number, "SUBSCRIPTION_STATE_" + state, order);
        }

        static Kind product(int number, String state, String order) {
            return new Kind(About.PRODUCT, false, number, state, order);
        }

        /** Refunded in full. */
        static Kind voided(About about, String state, String order) {
            return new Kind(about, true, 1, state, order);
        }
    }

    private static final Map<String, Kind> KINDS = kinds();

    static final Set<String> TYPES = KINDS.keySet();

    private static Map<String, Kind> kinds() {
        var kinds = new TreeMap<String, Kind>();
        // spotless:off
        kinds.put("SUBSCRIPTION_PURCHASED",                  Kind.subscription(4, "ACTIVE", "PROCESSED"));
        kinds.put("SUBSCRIPTION_RENEWED",                    Kind.subscription(2, "ACTIVE", "PROCESSED"));
        kinds.put("SUBSCRIPTION_RECOVERED",                  Kind.subscription(1, "ACTIVE", "PROCESSED"));
        kinds.put("SUBSCRIPTION_RESTARTED",                  Kind.subscription(7, "ACTIVE", ""));
        kinds.put("SUBSCRIPTION_IN_GRACE_PERIOD",            Kind.subscription(6, "IN_GRACE_PERIOD", ""));
        kinds.put("SUBSCRIPTION_ON_HOLD",                    Kind.subscription(5, "ON_HOLD", ""));
        kinds.put("SUBSCRIPTION_PAUSED",                     Kind.subscription(10, "PAUSED", ""));
        kinds.put("SUBSCRIPTION_CANCELED",                   Kind.subscription(3, "CANCELED", ""));
        kinds.put("SUBSCRIPTION_REVOKED",                    Kind.subscription(12, "EXPIRED", ""));
        kinds.put("SUBSCRIPTION_EXPIRED",                    Kind.subscription(13, "EXPIRED", ""));
        kinds.put("ONE_TIME_PRODUCT_PURCHASED",              Kind.product(1, "PURCHASED", "PROCESSED"));
        kinds.put("ONE_TIME_PRODUCT_CANCELED",               Kind.product(2, "CANCELLED", "CANCELED"));
        kinds.put("VOIDED_PURCHASE.subscription",            Kind.voided(About.SUBSCRIPTION, "SUBSCRIPTION_STATE_EXPIRED", "REFUNDED"));
        kinds.put("VOIDED_PURCHASE.subscription.chargeback", Kind.voided(About.SUBSCRIPTION, "SUBSCRIPTION_STATE_EXPIRED", "CHARGEBACK"));
        kinds.put("VOIDED_PURCHASE.product",                 Kind.voided(About.PRODUCT, "CANCELLED", "REFUNDED"));
        kinds.put("VOIDED_PURCHASE.product.chargeback",      Kind.voided(About.PRODUCT, "CANCELLED", "CHARGEBACK"));
        // spotless:on
        return kinds;
    }

    ObjectNode notification(String event) {
        var kind = Events.find(KINDS, event);
        var subscription = !kind.voided() && kind.about() == About.SUBSCRIPTION;
        var product = !kind.voided() && kind.about() == About.PRODUCT;
        return NOTIFICATION.fill(values.withIf(
                        subscription, "subscription_notification", () -> purchase(SUBSCRIPTION_NOTIFICATION, kind))
                .withIf(product, "product_notification", () -> purchase(PRODUCT_NOTIFICATION, kind))
                .withIf(kind.voided(), "voided_purchase", () -> voidedPurchase(kind)));
    }

    private ObjectNode purchase(JsonTemplate template, Kind kind) {
        return template.fill(values.with("token", purchaseToken(kind))
                .with("number", kind.number())
                .with("product_id", GooglePlayDocuments.productId(values.sample())));
    }

    private ObjectNode voidedPurchase(Kind kind) {
        return VOIDED_PURCHASE.fill(values.with("token", purchaseToken(kind))
                .with("product_type", kind.about() == About.SUBSCRIPTION ? 1 : 2)
                .with("number", kind.number()));
    }

    /** The documents by path: the purchase, and the order if money moved. */
    Map<String, Bytes> documents(String event) {
        var kind = Events.find(KINDS, event);
        var subscription = kind.about() == About.SUBSCRIPTION;
        var objects = new GooglePlayDocuments(values);
        var root = "/androidpublisher/v3/applications/" + packageName + "/";
        var purchase = root + "purchases/" + (subscription ? "subscriptionsv2" : "productsv2") + "/tokens/"
                + encoded(purchaseToken(kind));
        var documents = new TreeMap<String, Bytes>();
        documents.put(
                purchase,
                Json.compact(subscription ? objects.subscription(kind.state()) : objects.product(kind.state())));
        if (!kind.order().isEmpty()) {
            documents.put(
                    root + "orders/" + encoded(values.sample().ids().payment()),
                    Json.compact(objects.order(kind.order(), purchaseToken(kind), subscription)));
        }
        return documents;
    }

    /** A one-time product has its own token; a subscription is its token. */
    private String purchaseToken(Kind kind) {
        return kind.about() == About.SUBSCRIPTION
                ? values.sample().ids().subscription()
                : UUID.nameUUIDFromBytes(values.sample().ids().payment().getBytes(UTF_8)) + ".AO-J1OTESTONLY";
    }

    private static String encoded(String id) {
        return URLEncoder.encode(id, UTF_8).replace("+", "%20");
    }
}
