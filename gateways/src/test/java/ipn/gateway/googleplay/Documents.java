package ipn.gateway.googleplay;

import ipn.conformance.GatewayUnderTest;
import ipn.conformance.TestAccounts;
import ipn.conformance.TestFiles;
import ipn.fact.Fact;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Notification;
import ipn.gateway.NotificationTime;
import ipn.gateway.Translation;
import ipn.gateway.content.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Documents of the API in short: JSON with single quotes. */
final class Documents {
    static final PublisherResource SUBSCRIPTION =
            new PublisherResource(PublisherResource.Kind.SUBSCRIPTION, TestGoogle.PACKAGE, "tok_new");
    static final PublisherResource PRODUCT =
            new PublisherResource(PublisherResource.Kind.PRODUCT, TestGoogle.PACKAGE, "tok_one");
    static final PublisherResource ORDER =
            new PublisherResource(PublisherResource.Kind.ORDER, TestGoogle.PACKAGE, "GPA.1234-5678-9012-34567");

    static final String ACTIVE = """
            {'kind': 'androidpublisher#subscriptionPurchaseV2', 'subscriptionState': 'SUBSCRIPTION_STATE_ACTIVE', 'testPurchase': {},
             'startTime': '2026-09-01T12:00:00.000Z', 'regionCode': 'US',
             'externalAccountIdentifiers': {'obfuscatedExternalAccountId': 'u_42'},
             'lineItems': [{'productId': 'premium_monthly', 'expiryTime': '2026-10-01T12:00:00Z',
               'latestSuccessfulOrderId': 'GPA.1234-5678-9012-34567', 'offerDetails': {'basePlanId': 'monthly'},
               'autoRenewingPlan': {'autoRenewEnabled': true}}]}""";
    static final String PURCHASED = """
            {'kind': 'androidpublisher#productPurchaseV2', 'purchaseStateContext': {'purchaseState': 'PURCHASED'},
             'testPurchaseContext': {'fopType': 'TEST'}, 'orderId': 'GPA.1234-5678-9012-34567',
             'obfuscatedExternalAccountId': 'u_42', 'obfuscatedExternalProfileId': 'post_7',
             'productLineItem': [{'productId': 'promo_25', 'productOfferDetails': {'quantity': 1}}],
             'purchaseCompletionTime': '2026-09-01T12:00:00Z'}""";
    static final String PROCESSED = """
            {'orderId': 'GPA.1234-5678-9012-34567', 'purchaseToken': 'tok_new', 'state': 'PROCESSED',
             'createTime': '2026-09-01T11:59:58Z', 'lastEventTime': '2026-09-01T12:00:00.250Z',
             'orderHistory': {'processedEvent': {'eventTime': '2026-09-01T12:00:00.250Z'}},
             'lineItems': [{'productId': 'premium_monthly', 'total': {'currencyCode': 'USD', 'units': '8'},
               'subscriptionDetails': {'basePlanId': 'monthly', 'servicePeriodStartTime': '2026-09-01T12:00:00Z',
                 'servicePeriodEndTime': '2026-10-01T12:00:00Z'}}],
             'total': {'currencyCode': 'USD', 'units': '8'}, 'tax': {'currencyCode': 'USD'}}""";

    private static final GatewayAccount ACCOUNT = account("test");

    private Documents() {}

    /** Asks nobody. */
    static GatewayAccount account(String mode) {
        var section = "{mode: %s, audience: '%s', service-account-email: '%s', subscription: '%s', package: '%s'}"
                .formatted(mode, TestGoogle.AUDIENCE, TestGoogle.EMAIL, TestGoogle.SUBSCRIPTION, TestGoogle.PACKAGE);
        return TestAccounts.open(GooglePlayGateway.NAME, section, Map.of());
    }

    static Delivery document(PublisherResource place, String json) {
        return document(place, json, GatewayUnderTest.SIGNED_AT);
    }

    static Delivery document(PublisherResource place, String json, Instant notifiedAt) {
        var told = new Delivery(Map.of(), Bytes.utf8(""), TestGoogle.RECEIVED_AT);
        return NotificationTime.document(
                place.url(), "application/json", Bytes.utf8(json.replace('\'', '"')), told, notifiedAt);
    }

    static Delivery sample(PublisherResource place, String name, Instant notifiedAt) {
        return document(
                place, TestFiles.bytes("samples/google-play/" + name + ".json").utf8(), notifiedAt);
    }

    static Translation translated(Delivery delivery, int item) {
        return ACCOUNT.translate(delivery, ACCOUNT.identify(delivery).get(item));
    }

    static Notification understood(Delivery delivery, int item) {
        var translation = translated(delivery, item);
        if (translation instanceof Translation.Understood understood) {
            return understood.notification();
        }
        throw new AssertionError(translation);
    }

    static List<Fact> facts(PublisherResource place, String json) {
        return understood(document(place, json), 0).facts();
    }

    /** Last parts of the payment keys. */
    static List<String> paymentIds(PublisherResource place, String json) {
        return ACCOUNT.identify(document(place, json)).stream()
                .map(item -> item.paymentKey().replace("google-play/main/", ""))
                .toList();
    }

    static GatewayAccount account() {
        return ACCOUNT;
    }
}
