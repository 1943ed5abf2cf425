package ipn.gateway.coinbase;

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
final class CoinbaseSays {
    private static final GatewayAccount ACCOUNT = new CoinbaseUnderTest().account();

    private CoinbaseSays() {}

    static String event(String type, String charge) {
        return """
                {'id': 7, 'scheduled_for': '2026-09-01T12:00:00Z', 'attempt_number': 1, 'event': {'id': 'e_1',
                 'type': '%s', 'api_version': '2018-03-22', 'created_at': '2026-09-01T12:00:00Z', 'data': %s}}""".formatted(type, charge);
    }

    /** A charge of 25 dollars that was paid by confirmed payments of these amounts. */
    static String charge(String... payments) {
        return chargeThat("'COMPLETED'", payments);
    }

    /** @param status last status in quotes, and what follows it */
    static String chargeThat(String status, String... payments) {
        var paid = List.of(payments).stream()
                .map("{'status': 'CONFIRMED', 'value': {'local': {'amount': '%s', 'currency': 'USD'}}}"::formatted)
                .toList();
        return """
                {'id': 'c_1', 'code': 'CODE', 'pricing': {'local': {'amount': '25.00', 'currency': 'USD'}},
                 'timeline': [{'status': 'NEW'}, {'status': %s}], 'payments': %s}""".formatted(status, paid);
    }

    static Delivery delivery(String body) {
        return new Delivery(Map.of(), Bytes.utf8(body.replace('\'', '"')), GatewayUnderTest.RECEIVED_AT);
    }

    static Item item(String body) {
        return ACCOUNT.identify(delivery(body)).get(0);
    }

    static Translation translated(String body) {
        return ACCOUNT.translate(delivery(body), item(body));
    }

    static Notification understood(String body) {
        var translation = translated(body);
        if (translation instanceof Translation.Understood understood) {
            return understood.notification();
        }
        throw new AssertionError(translation.toString());
    }

    static List<Fact> facts(String type, String charge) {
        return understood(event(type, charge)).facts();
    }
}
