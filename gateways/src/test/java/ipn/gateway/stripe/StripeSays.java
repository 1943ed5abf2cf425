package ipn.gateway.stripe;

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
final class StripeSays {
    private static final GatewayAccount ACCOUNT = new StripeUnderTest().account();

    private StripeSays() {}

    static String event(String type, String object) {
        return """
                {'id': 'evt_1', 'object': 'event', 'created': 1788264000, 'livemode': false, 'type': '%s',
                 'data': {'object': %s}}""".formatted(type, object);
    }

    static Delivery delivery(String event) {
        return new Delivery(Map.of(), Bytes.utf8(event.replace('\'', '"')), GatewayUnderTest.RECEIVED_AT);
    }

    static Item item(String type, String object) {
        return ACCOUNT.identify(delivery(event(type, object))).get(0);
    }

    /** Last part of the payment key. */
    static String paymentId(String type, String object) {
        return item(type, object).paymentKey().replace("stripe/main/", "");
    }

    static Translation translated(String event) {
        return translated(ACCOUNT, event);
    }

    static Translation translated(GatewayAccount account, String event) {
        var delivery = delivery(event);
        return account.translate(delivery, account.identify(delivery).get(0));
    }

    static Notification understood(String type, String object) {
        var translation = translated(event(type, object));
        if (translation instanceof Translation.Understood understood) {
            return understood.notification();
        }
        throw new AssertionError(type + ": " + translation);
    }

    static List<Fact> facts(String type, String object) {
        return understood(type, object).facts();
    }
}
