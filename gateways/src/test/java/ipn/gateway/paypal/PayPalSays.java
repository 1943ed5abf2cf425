package ipn.gateway.paypal;

import ipn.conformance.GatewayUnderTest;
import ipn.fact.Fact;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Item;
import ipn.gateway.Notification;
import ipn.gateway.Translation;
import ipn.gateway.content.Bytes;
import java.util.List;
import java.util.Map;

/** Events in short: JSON with single quotes. */
final class PayPalSays {
    private static final GatewayAccount ACCOUNT =
            PayPalUnderTest.open("{mode: test, webhook-id: " + TestSigner.WEBHOOK_ID + "}");

    private PayPalSays() {}

    static String event(String type, String resource) {
        return "{'id':'WH-1','event_type':'%s','create_time':'2026-09-01T12:00:00.412Z','resource':%s}"
                .formatted(type, resource);
    }

    static Delivery delivery(String event) {
        return new Delivery(Map.of(), Bytes.utf8(event.replace('\'', '"')), GatewayUnderTest.RECEIVED_AT);
    }

    static List<Item> items(String type, String resource) {
        return ACCOUNT.identify(delivery(event(type, resource)));
    }

    /** Last part of the payment key. */
    static String paymentId(String type, String resource) {
        return items(type, resource).get(0).paymentKey().replace("paypal/main/", "");
    }

    static Translation translated(String event) {
        return translated(ACCOUNT, event);
    }

    static Translation translated(GatewayAccount account, String event) {
        var delivery = delivery(event);
        return account.translate(delivery, account.identify(delivery).get(0));
    }

    static Notification understood(String type, String resource) {
        if (translated(event(type, resource)) instanceof Translation.Understood understood) {
            return understood.notification();
        }
        throw new AssertionError(type + ": " + translated(event(type, resource)));
    }

    static List<Fact> facts(String type, String resource) {
        return understood(type, resource).facts();
    }

    static List<Fact> facts(String type, String resource, int index) {
        var delivery = delivery(event(type, resource));
        var item = ACCOUNT.identify(delivery).get(index);
        return ((Translation.Understood) ACCOUNT.translate(delivery, item))
                .notification()
                .facts();
    }
}
