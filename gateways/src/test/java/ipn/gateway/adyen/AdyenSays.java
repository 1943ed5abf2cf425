package ipn.gateway.adyen;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ipn.conformance.GatewayUnderTest;
import ipn.conformance.TestAccounts;
import ipn.fact.Fact;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Notification;
import ipn.gateway.Translation;
import ipn.gateway.content.Bytes;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Items in short: JSON with single quotes, laid over a plain authorization of 25.00 USD. */
final class AdyenSays {
    /** Adyen's published one, and another; both test only. */
    static final String SECRET = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056";

    static final String OTHER = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    static final String USUAL = "{mode: test, secrets: 'env:ADYEN', merchant-account: TestMerchantECOM}";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ITEM = """
            {"pspReference": "PSP1", "merchantAccountCode": "TestMerchantECOM", "merchantReference": "ord_1",
             "amount": {"value": 2500, "currency": "USD"}, "eventCode": "AUTHORISATION", "success": "true",
             "eventDate": "2026-09-01T14:00:00+02:00", "reason": "", "additionalData": {}}""";

    private AdyenSays() {}

    static GatewayAccount open(String section) {
        return TestAccounts.open(
                AdyenGateway.NAME,
                section,
                Map.of("ADYEN", SECRET, "ADYEN_OTHER", OTHER, "ADYEN_PASSWORD", "testpass", "ADYEN_NEXT", "testpass2"));
    }

    /** A body of signed items. */
    static String body(String... items) {
        return "{\"live\":\"false\",\"notificationItems\":["
                + Stream.of(items)
                        .map(item -> "{\"NotificationRequestItem\":" + signed(item, SECRET) + "}")
                        .collect(Collectors.joining(","))
                + "]}";
    }

    static JsonNode signed(String changes, String secret) {
        return signed(item(changes), secret);
    }

    /** Null takes a field away. */
    static ObjectNode item(String changes) {
        try {
            var item = (ObjectNode) JSON.readTree(ITEM);
            JSON.readTree(changes.replace('\'', '"'))
                    .properties()
                    .forEach(change -> item.set(change.getKey(), change.getValue()));
            return item;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static ObjectNode signed(ObjectNode item, String secret) {
        item.withObjectProperty("additionalData")
                .put("hmacSignature", AdyenSignature.sign(Bytes.utf8(message(item)), secret));
        return item;
    }

    /** As Adyen's documentation joins it. */
    private static String message(JsonNode item) {
        return Stream.of(
                        "/pspReference",
                        "/originalReference",
                        "/merchantAccountCode",
                        "/merchantReference",
                        "/amount/value",
                        "/amount/currency",
                        "/eventCode",
                        "/success")
                .map(pointer -> item.at(pointer).asText(""))
                .map(text -> text.equals("null") ? "" : text)
                .collect(Collectors.joining(":"));
    }

    /** A body with its items signed again, as far as it has any. */
    static Bytes signedAgain(Bytes body, String secret) {
        try {
            var root = JSON.readTree(body.array());
            root.path("notificationItems")
                    .forEach(item -> signed((ObjectNode) item.path("NotificationRequestItem"), secret));
            return Bytes.utf8(JSON.writeValueAsString(root));
        } catch (java.io.IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static Delivery delivery(String body) {
        return new Delivery(Map.of(), Bytes.utf8(body), GatewayUnderTest.RECEIVED_AT);
    }

    static String paymentId(String item) {
        return open(USUAL).identify(delivery(body(item))).get(0).paymentKey().replace("adyen/main/", "");
    }

    static Translation translated(String section, String body) {
        var account = open(section);
        var delivery = delivery(body);
        return account.translate(delivery, account.identify(delivery).get(0));
    }

    static Notification understood(String section, String item) {
        var translation = translated(section, body(item));
        if (translation instanceof Translation.Understood understood) {
            return understood.notification();
        }
        throw new AssertionError(item + ": " + translation);
    }

    /** Facts that are about something else than what links payments and who bought. */
    static List<Fact> facts(String section, String item) {
        return understood(section, item).facts().stream()
                .filter(fact -> !(fact instanceof Fact.Link) && !(fact instanceof Fact.Reference))
                .toList();
    }
}
