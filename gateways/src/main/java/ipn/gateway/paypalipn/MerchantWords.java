package ipn.gateway.paypalipn;

import ipn.fact.Fact;
import ipn.fact.Fact.Reference;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Fact.Sku;
import ipn.gateway.content.PackedWords;
import ipn.gateway.content.RefusedException;
import ipn.topics.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The merchant's references in a message (subject, order, product) and the SKUs that were bought. PayPal has one
 * variable for each, and a merchant may pack all of them into {@code custom}, as a JSON object or a query string.
 *
 * @param names names under which the merchant writes the references
 */
record MerchantWords(Map<ReferenceName, String> names) {
    private static final int LENGTH_MAX = 256;
    private static final int CART_ITEMS_MAX = 100;

    MerchantWords {
        names = Map.copyOf(names);
    }

    List<Fact> in(IpnMessage message) {
        var custom = PackedWords.in(message.text("custom").orElse(""), names.values());
        var facts = new ArrayList<Fact>();
        for (var name : ReferenceName.values()) {
            var key = names.getOrDefault(name, name.key());
            message.text(key)
                    .or(() -> Optional.ofNullable(custom.get(key)).map(String::strip))
                    .filter(value -> !value.isEmpty())
                    .or(() -> usual(name, message, custom))
                    .ifPresent(value -> facts.add(new Reference(name, fit(name, value))));
        }
        skus(message).distinct().forEach(sku -> facts.add(new Sku(sku)));
        return facts;
    }

    /** PayPal's own variable for a reference. */
    private static Optional<String> usual(ReferenceName name, IpnMessage message, Map<String, String> custom) {
        return switch (name) {
            case SUBJECT ->
                message.text("custom").filter(text -> custom.isEmpty()).or(() -> message.text("rp_invoice_id"));
            case ORDER -> message.text("invoice");
            case PRODUCT ->
                message.text("item_number")
                        .or(() -> message.text("item_number1")
                                .filter(number -> message.text("item_number2").isEmpty()));
            case REFERENCE -> Optional.empty();
        };
    }

    private static Stream<String> skus(IpnMessage message) {
        var single = Stream.of("item_number", "item_name", "product_name");
        var cart = IntStream.rangeClosed(1, CART_ITEMS_MAX)
                .boxed()
                .flatMap(i -> Stream.of("item_number" + i, "item_name" + i));
        return Stream.concat(single, cart)
                .flatMap(name -> message.text(name).stream())
                .filter(MerchantWords::isFit);
    }

    private static String fit(ReferenceName name, String value) {
        if (isFit(value)) {
            return value;
        }
        throw new RefusedException(
                Reason.INVALID_ID,
                "reference %s: invalid (expected: up to %s characters, no control characters)"
                        .formatted(name.key(), Integer.toString(LENGTH_MAX)));
    }

    private static boolean isFit(String value) {
        return value.length() <= LENGTH_MAX && value.chars().noneMatch(Character::isISOControl);
    }
}
