package ipn.gateway.mollie;

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

/** Events and documents in short: JSON with single quotes. */
final class MollieSays {
    static final GatewayAccount ACCOUNT = new MollieUnderTest().account();

    private MollieSays() {}

    static String payment(String status) {
        return payment(status, "'description': null");
    }

    static String payment(String status, String more) {
        return """
                {'resource': 'payment', 'id': 'tr_1', 'mode': 'test', 'createdAt': '2026-09-01T11:59:00+00:00',
                 'amount': {'value': '23.00', 'currency': 'EUR'}, 'status': '%s', %s}""".formatted(status, more);
    }

    static String refund(String status) {
        return """
                {'resource': 'refund', 'id': 're_1', 'mode': 'test', 'amount': {'value': '10.00', 'currency': 'EUR'},
                 'paymentId': 'tr_1', 'status': '%s', 'createdAt': '2026-09-01T13:00:00+00:00'}""".formatted(status);
    }

    static String chargeback(String reversedAt) {
        return """
                {'resource': 'chargeback', 'id': 'chb_1', 'amount': {'value': '23.00', 'currency': 'EUR'},
                 'reason': {'code': 'AC01'}, 'paymentId': 'tr_1', 'createdAt': '2026-09-02T12:00:00+00:00',
                 'reversedAt': %s}""".formatted(reversedAt);
    }

    static String event(String type, String entity) {
        return """
                {'resource': 'event', 'id': 'event_1', 'type': '%s', 'entityId': 'tr_1',
                 'createdAt': '2026-09-03T12:00:00.0Z', '_embedded': {'entity': %s}}""".formatted(type, entity);
    }

    static Delivery sent(String body) {
        return new Delivery(Map.of(), bytes(body), GatewayUnderTest.RECEIVED_AT);
    }

    static Delivery fetched(String body) {
        return Delivery.fetched(
                "https://api.mollie.com/v2/payments/tr_1",
                "application/hal+json",
                bytes(body),
                GatewayUnderTest.RECEIVED_AT);
    }

    static Bytes bytes(String body) {
        return Bytes.utf8(body.replace('\'', '"'));
    }

    static Item item(Delivery delivery) {
        return ACCOUNT.identify(delivery).get(0);
    }

    static Translation translated(Delivery delivery) {
        return ACCOUNT.translate(delivery, item(delivery));
    }

    static Notification understood(Delivery delivery) {
        var translation = translated(delivery);
        if (translation instanceof Translation.Understood understood) {
            return understood.notification();
        }
        throw new AssertionError(translation.toString());
    }

    static List<Fact> facts(Delivery delivery) {
        return understood(delivery).facts();
    }
}
