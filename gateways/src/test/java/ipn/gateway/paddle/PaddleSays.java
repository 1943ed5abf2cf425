package ipn.gateway.paddle;

import ipn.conformance.GatewayUnderTest;
import ipn.fact.Fact;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Notification;
import ipn.gateway.Translation;
import ipn.gateway.content.Bytes;
import java.util.List;
import java.util.Map;

/** Events in short: JSON with single quotes. */
final class PaddleSays {
    private static final GatewayAccount ACCOUNT = new PaddleUnderTest().account();

    private PaddleSays() {}

    static String event(String type, String data) {
        return """
                {'event_id': 'evt_1', 'event_type': '%s', 'occurred_at': '2026-09-01T12:00:00.412345Z',
                 'notification_id': 'ntf_1', 'data': %s}""".formatted(type, data);
    }

    static String transaction(String status) {
        return transaction(status, "'subscription_id': null, 'billing_period': null");
    }

    static String transaction(String status, String more) {
        return """
                {'id': 'txn_1', 'status': '%s', 'currency_code': 'USD', 'custom_data': {'order_id': 'ord_1'},
                 'details': {'totals': {'grand_total': '864', 'fee': null, 'currency_code': 'USD'}}, 'payments': [], %s}""".formatted(status, more);
    }

    static String adjustment(String action, String status) {
        return """
                {'id': 'adj_1', 'action': '%s', 'status': '%s', 'transaction_id': 'txn_1', 'currency_code': 'USD',
                 'reason': 'fraud', 'totals': {'total': '400', 'currency_code': 'USD'}}""".formatted(action, status);
    }

    static Delivery delivery(String event) {
        return new Delivery(Map.of(), Bytes.utf8(event.replace('\'', '"')), GatewayUnderTest.RECEIVED_AT);
    }

    /** Last part of the payment key. */
    static String paymentId(String type, String data) {
        return ACCOUNT.identify(delivery(event(type, data))).get(0).paymentKey().replace("paddle/main/", "");
    }

    static Translation translated(String event) {
        var delivery = delivery(event);
        return ACCOUNT.translate(delivery, ACCOUNT.identify(delivery).get(0));
    }

    static Notification understood(String type, String data) {
        var translation = translated(event(type, data));
        if (translation instanceof Translation.Understood understood) {
            return understood.notification();
        }
        throw new AssertionError(type + ": " + translation);
    }

    static List<Fact> facts(String type, String data) {
        return understood(type, data).facts();
    }
}
