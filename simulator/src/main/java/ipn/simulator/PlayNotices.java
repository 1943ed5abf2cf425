package ipn.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.gateway.content.Bytes;
import java.net.URLEncoder;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What Google Play's notifications say, and what there is to be seen then. */
record PlayNotices(Sample sample, String packageName) {
    private enum About {
        SUBSCRIPTION,
        PRODUCT
    }

    /**
     * One kind of notification.
     *
     * @param number as the notification has it, for a voided purchase its refund type
     * @param state of the purchase from now on
     * @param order state of the order, if money moved; empty: it is as it was
     */
    private record Kind(About about, boolean voided, int number, String state, String order) {
        static Kind subscription(int number, String state, String order) {
            return new Kind(About.SUBSCRIPTION, false, number, "SUBSCRIPTION_STATE_" + state, order);
        }

        static Kind product(int number, String state, String order) {
            return new Kind(About.PRODUCT, false, number, state, order);
        }

        /** With all of the money. */
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

    Map<String, @Nullable Object> notification(String event) {
        var kind = kind(event);
        var subscription = kind.about() == About.SUBSCRIPTION;
        var about = Json.object("version", "1.0", "purchaseToken", purchaseToken(kind));
        if (kind.voided()) {
            about.remove("version");
            about.put("orderId", sample.ids().payment());
            about.put("productType", subscription ? 1 : 2);
            about.put("refundType", kind.number());
        } else {
            about.put("notificationType", kind.number());
            about.put(subscription ? "subscriptionId" : "sku", PlayObjects.product(sample));
        }
        var member = kind.voided() ? "voidedPurchase" : subscription ? "subscription" : "oneTimeProduct";
        return Json.object(
                "version",
                "1.0",
                "packageName",
                packageName,
                "eventTimeMillis",
                Long.toString(sample.at().toEpochMilli()),
                member + "Notification",
                about);
    }

    /** By path. The order is told anew where money moved. */
    Map<String, Bytes> documents(String event) {
        var kind = kind(event);
        var subscription = kind.about() == About.SUBSCRIPTION;
        var objects = new PlayObjects(sample);
        var root = "/androidpublisher/v3/applications/" + packageName + "/";
        var purchase = root + "purchases/" + (subscription ? "subscriptionsv2" : "productsv2") + "/tokens/"
                + encoded(purchaseToken(kind));
        var documents = new TreeMap<String, Bytes>();
        documents.put(
                purchase,
                Json.compact(subscription ? objects.subscription(kind.state()) : objects.product(kind.state())));
        if (!kind.order().isEmpty()) {
            documents.put(
                    root + "orders/" + encoded(sample.ids().payment()),
                    Json.compact(objects.order(kind.order(), purchaseToken(kind), subscription)));
        }
        return documents;
    }

    private static Kind kind(String event) {
        var kind = KINDS.get(event);
        if (kind == null) {
            throw new IllegalArgumentException(event + ": unknown (expected: one of " + String.join(", ", TYPES) + ")");
        }
        return kind;
    }

    /** What is bought once has a token of its own. */
    private String purchaseToken(Kind kind) {
        return kind.about() == About.SUBSCRIPTION
                ? sample.ids().subscription()
                : UUID.nameUUIDFromBytes(sample.ids().payment().getBytes(UTF_8)) + ".AO-J1OTESTONLY";
    }

    private static String encoded(String id) {
        return URLEncoder.encode(id, UTF_8).replace("+", "%20");
    }
}
