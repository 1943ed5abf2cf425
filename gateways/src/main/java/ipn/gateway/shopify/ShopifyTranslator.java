package ipn.gateway.shopify;

import ipn.gateway.AccountId;
import ipn.gateway.Delivery;
import ipn.gateway.Receiver;
import ipn.gateway.References;
import ipn.gateway.Translation;
import ipn.gateway.content.GatewayIds;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.gateway.content.StrictJson;
import ipn.gateway.content.Times;
import ipn.topics.Reason;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Translates Shopify deliveries. Privacy requests ({@code customers/redact} and so on) are duties of the merchant and
 * contain no fact, so they are acknowledged and ignored like every unknown topic.
 *
 * @param shop the shops' own domains
 * @param contract see {@link ShopifyEvent#contract()}
 */
record ShopifyTranslator(AccountId account, Receiver shop, References references, String contract) {

    /** @throws RefusedException where the delivery is invalid */
    Translation translate(Delivery delivery) {
        var body = StrictJson.read(delivery.body());
        var headers = new ShopifyHeaders(delivery);
        var name = ShopifyKeys.topic(delivery)
                .orElseThrow(() -> new RefusedException(
                        Reason.MALFORMED, ShopifyHeaders.place(ShopifyHeaders.TOPIC) + ": missing, or not a topic"));
        var topic = Topics.named(name);
        if (topic.isEmpty()) {
            return new Translation.Ignored(name);
        }
        checkAddress(headers, body);
        checkKind(topic.get().kind(), body);
        var event = new ShopifyEvent(
                body,
                account,
                references,
                contract,
                new Times(delivery.receivedAt()),
                headers.value(ShopifyHeaders.TRIGGERED_AT));
        var timed = topic.get().reader().apply(event);
        return timed.content().translation(name, timed.occurredAt());
    }

    private void checkAddress(ShopifyHeaders headers, JsonField body) {
        // the header is not signed, so its absence is not accepted either
        if (!shop.accepts(headers.value(ShopifyHeaders.SHOP).orElse("").toLowerCase(Locale.ROOT))) {
            throw shop.refusal(ShopifyHeaders.place(ShopifyHeaders.SHOP));
        }
        if (!isTest(headers, body).stream().allMatch(test -> test != account.live())) {
            throw new RefusedException(Reason.WRONG_MODE, "/test: not the mode of the account (see gateways.shopify)");
        }
    }

    /** The test flags in the body; without any, the flag in the header; empty where both are absent. */
    private static List<Boolean> isTest(ShopifyHeaders headers, JsonField body) {
        var flags = Stream.concat(Stream.of(body), body.at("transactions").elements().stream())
                .map(object -> object.at("test"))
                .filter(JsonField::isPresent)
                .map(JsonField::flag)
                .toList();
        return flags.isEmpty()
                ? headers.value(ShopifyHeaders.TEST).map("true"::equalsIgnoreCase).stream()
                        .toList()
                : flags;
    }

    private static void checkKind(Kind kind, JsonField body) {
        if (!kind.is(body)) {
            throw new RefusedException(Reason.MALFORMED, "the body: does not match its topic (which is not signed)");
        }
        if (!ShopifyKeys.paymentId(kind, body).map(GatewayIds::isId).orElse(false)) {
            throw new RefusedException(Reason.INVALID_ID, "the body: the id of its order or contract is invalid");
        }
    }
}
