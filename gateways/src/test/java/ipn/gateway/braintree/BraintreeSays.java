package ipn.gateway.braintree;

import ipn.conformance.GatewayUnderTest;
import ipn.conformance.TestAccounts;
import ipn.fact.Fact;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Item;
import ipn.gateway.Notification;
import ipn.gateway.Translation;
import ipn.gateway.content.Bytes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Notifications in short, signed as Braintree signs them. */
final class BraintreeSays {
    static final String PUBLIC = "integration_public_key";
    /** Of Braintree's own test gateway; test only. */
    static final String PRIVATE = "integration_private_key";

    static final String USUAL = "{mode: test, key-pairs: {integration_public_key: 'env:BRAINTREE'}}";
    static final String AT = "2026-09-01T12:00:00Z";

    private BraintreeSays() {}

    static GatewayAccount open(String section) {
        return TestAccounts.open(
                BraintreeGateway.NAME,
                section,
                Map.of("BRAINTREE", PRIVATE, "BRAINTREE_OTHER", "another_private_key_1"));
    }

    static String notification(String kind, String subject) {
        return "<notification><kind>%s</kind><timestamp type=\"datetime\">%s</timestamp><subject>%s</subject></notification>"
                .formatted(kind, AT, subject);
    }

    static String payload(Bytes xml) {
        return Base64.getMimeEncoder(60, new byte[] {'\n'}).encodeToString(xml.array()) + "\n";
    }

    static Delivery delivery(Bytes xml) {
        var payload = payload(xml);
        return delivery(BraintreeSignature.sign(payload, PUBLIC, PRIVATE), payload);
    }

    static Delivery delivery(String signature, String payload) {
        var body = "bt_signature=" + URLEncoder.encode(signature, StandardCharsets.UTF_8) + "&bt_payload="
                + URLEncoder.encode(payload, StandardCharsets.UTF_8);
        return new Delivery(Map.of(), Bytes.utf8(body), GatewayUnderTest.RECEIVED_AT);
    }

    static List<Item> items(String kind, String subject) {
        return open(USUAL).identify(delivery(Bytes.utf8(notification(kind, subject))));
    }

    static String paymentId(String kind, String subject) {
        return items(kind, subject).get(0).paymentKey().replace("braintree/main/", "");
    }

    static Translation translated(String section, String kind, String subject, int index) {
        var account = open(section);
        var delivery = delivery(Bytes.utf8(notification(kind, subject)));
        return account.translate(delivery, account.identify(delivery).get(index));
    }

    static Notification understood(String kind, String subject, int index) {
        var translation = translated(USUAL, kind, subject, index);
        if (translation instanceof Translation.Understood understood) {
            return understood.notification();
        }
        throw new AssertionError(kind + ": " + translation);
    }

    static List<Fact> facts(String kind, String subject) {
        return understood(kind, subject, 0).facts();
    }
}
