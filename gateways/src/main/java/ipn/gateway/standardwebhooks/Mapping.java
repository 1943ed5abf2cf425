package ipn.gateway.standardwebhooks;

import com.fasterxml.jackson.core.JsonPointer;
import ipn.fact.Fact.ReferenceName;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.JsonShape;
import ipn.settings.Settings;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The positions of one sender's fields, and the meanings of its event types.
 *
 * @param pointers JSON pointers into the body; a place without a pointer is not read
 * @param unit the unit of amounts
 */
record Mapping(Map<Place, JsonPointer> pointers, Unit unit, Map<String, Meaning> types) {
    /** The unit of amounts: the currency's minor unit, or its main unit with decimals. */
    enum Unit {
        MINOR,
        MAJOR
    }

    // spotless:off
    /** A field of a body or of one of its lines, with its default JSON pointer; empty: no default. */
    enum Place {
        TYPE         ("/type"),
        OCCURRED_AT  ("/timestamp"),
        PAYMENT      ("/data/payment_id"),
        REFUND       ("/data/refund_id"),
        DISPUTE      ("/data/dispute_id"),
        SUBSCRIPTION ("/data/subscription_id"),
        AMOUNT       ("/data/amount"),
        CURRENCY     ("/data/currency"),
        ORDER        ("/data/order_id"),
        SUBJECT      ("/data/customer_id"),
        PRODUCT      ("/data/product"),
        REFERENCE    ("/data/reference"),
        SKU          ("/data/sku"),
        PERIOD_START ("/data/period_start"),
        PERIOD_END   ("/data/period_end"),
        REASON       ("/data/reason"),
        FAILURE      ("/data/failure/code"),
        RECEIVER     (""),
        MODE         (""),
        // without a default: that the sender calculates its lines from the merchant's prices is for the merchant to state
        LINES        (""),
        INVOICE_REASON      ("/data/invoice_reason"),
        INVOICE_DISCOUNT    ("/data/discount"),
        INVOICE_TAX         ("/data/tax"),
        INVOICE_CREDIT      ("/data/credit"),
        LINE_SKU            ("/sku"),
        LINE_QUANTITY       ("/quantity"),
        LINE_AMOUNT         ("/amount"),
        LINE_DISCOUNT       ("/discount"),
        LINE_DISCOUNT_NAME  ("/discount_name"),
        LINE_TAX            ("/tax"),
        LINE_PRORATION      ("/proration"),
        LINE_PERIOD_START   ("/period_start"),
        LINE_PERIOD_END     ("/period_end"),
        // without a default: the sender may list all lines of the payment in a refund
        REFUND_LINES        ("");

        private final String usual;

        Place(String usual) {
            this.usual = usual;
        }

        /** The name in the settings. */
        String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
    // spotless:on

    static final Map<ReferenceName, Place> REFERENCES = Collections.unmodifiableMap(new EnumMap<>(Map.of(
            ReferenceName.ORDER, Place.ORDER,
            ReferenceName.SUBJECT, Place.SUBJECT,
            ReferenceName.PRODUCT, Place.PRODUCT,
            ReferenceName.REFERENCE, Place.REFERENCE)));

    Mapping {
        pointers = Map.copyOf(pointers);
        types = Map.copyOf(types);
    }

    /** Reads {@code mapping}; errors are added to the problems of the settings. */
    static Mapping from(Settings settings) {
        var pointers = new EnumMap<Place, JsonPointer>(Place.class);
        for (var place : Place.values()) {
            pointer(settings, place).ifPresent(pointer -> pointers.put(place, pointer));
        }
        return new Mapping(pointers, settings.choice("unit", Unit.class, Unit.MINOR), types(settings));
    }

    private static Optional<JsonPointer> pointer(Settings settings, Place place) {
        var text = settings.text(place.key(), place.usual);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!text.matches("(/([^/~]|~[01])+)+")) {
            settings.problems().add(settings.full(place.key()), text, "a JSON pointer such as /data/payment_id");
            return Optional.empty();
        }
        return Optional.of(JsonPointer.compile(text));
    }

    private static Map<String, Meaning> types(Settings settings) {
        var meanings = Arrays.stream(Meaning.values())
                .collect(Collectors.toMap(
                        meaning -> meaning.name().toLowerCase(Locale.ROOT).replace('_', '-'), meaning -> meaning));
        var types = new HashMap<>(Meaning.USUAL);
        settings.map("types").forEach((type, word) -> {
            var meaning = meanings.get(word);
            if (meaning == null) {
                var known = meanings.keySet().stream().sorted().toList();
                settings.problems()
                        .add(settings.full("types") + "." + type, word, "one of " + String.join(", ", known));
            } else {
                types.put(type, meaning);
            }
        });
        return types;
    }

    /** The field at a place of a body, or of a line for the places of a line; absent where the sender has no such field. */
    JsonField at(Place place, JsonField body) {
        var pointer = pointers.get(place);
        return pointer == null ? body.at("no pointer for " + place.key()) : body.at(pointer);
    }

    Optional<Meaning> meaning(String type) {
        return Optional.ofNullable(types.get(type)).filter(meaning -> meaning != Meaning.IGNORED);
    }

    /** The fields that determine the keys. */
    JsonShape keyShape() {
        return JsonShape.of(List.of(Place.TYPE, Place.PAYMENT, Place.SUBSCRIPTION).stream()
                .flatMap(place -> Optional.ofNullable(pointers.get(place)).stream())
                .map(JsonPointer::toString)
                .toList());
    }
}
