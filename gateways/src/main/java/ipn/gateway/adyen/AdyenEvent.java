package ipn.gateway.adyen;

import ipn.fact.Fact;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import ipn.gateway.References;
import ipn.gateway.content.Amounts;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.topics.Reason;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One item with the values that its translation needs. */
record AdyenEvent(AdyenItem item, AdyenAccountSettings accountSettings) {
    private static final Set<String> WITHOUT_DECIMALS = Set.of(
            "CVE", "DJF", "GNF", "IDR", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF");
    private static final Set<String> WITH_THREE = Set.of("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND");

    /** As in Adyen's own library: every other currency has two decimals, even where ISO 4217 differs. */
    static final Amounts AMOUNTS = new Amounts(exponents());

    private static Map<String, Integer> exponents() {
        return Currency.getAvailableCurrencies().stream()
                .map(Currency::getCurrencyCode)
                .collect(Collectors.toMap(
                        code -> code, code -> WITHOUT_DECIMALS.contains(code) ? 0 : WITH_THREE.contains(code) ? 3 : 2));
    }

    /** The PSP reference of this event: the payment's, or that of a modification. */
    String psp() {
        return item.at("pspReference").required().id().orElseThrow();
    }

    /** The PSP reference of the payment that this event is about. */
    String payment() {
        var original = item.at("originalReference");
        return item.text("originalReference").isEmpty() ? psp() : original.id().orElseThrow();
    }

    boolean isAutomatic() {
        return accountSettings.capture() == Capture.AUTOMATIC;
    }

    Money amount() {
        var value = item.at("amount").at("value");
        var currency = item.at("amount").at("currency").required().glance().orElse("");
        return AMOUNTS.ofUnits(value.number(Reason.INVALID_AMOUNT), currency, value.pointer());
    }

    /** The amount of an event that moves money; zero is refused. */
    Money moved() {
        var amount = amount();
        if (amount.minorUnits() == 0) {
            throw new RefusedException(
                    Reason.INVALID_AMOUNT, item.at("amount").pointer() + ": zero (expected: the amount given back)");
        }
        return amount;
    }

    Money nothing() {
        return new Money(0, amount().currency());
    }

    /** Adyen's fixed reason text, such as {@code Not_enough_balance}; informational only. */
    String reason() {
        var reason = item.text("reason");
        return reason.matches("[A-Za-z ]{1,64}") ? reason.strip().replace(' ', '_') : "";
    }

    /** A code in the additional data; informational only. */
    String code(String name) {
        return item.additionalData().at(name).code();
    }

    /** The order id: the merchant reference, which is signed. */
    List<Fact> order() {
        return item.text("merchantReference").isEmpty()
                ? List.of()
                : List.of(References.reference(ReferenceName.ORDER, item.at("merchantReference")));
    }

    /** The order, and the merchant's references that Adyen passes on unsigned. */
    List<Fact> words() {
        var words = new ArrayList<>(order());
        words.addAll(accountSettings.words().in(List.of(item.additionalData())));
        if (words.stream().noneMatch(word -> word.id().equals(ReferenceName.SUBJECT.key()))) {
            shopper().ifPresent(shopper -> words.add(References.reference(ReferenceName.SUBJECT, shopper)));
        }
        return words;
    }

    private Optional<JsonField> shopper() {
        return List.of("shopperReference", "recurring.shopperReference").stream()
                .map(name -> item.additionalData().at(name))
                .filter(field -> !field.glance().orElse("").isEmpty())
                .findFirst();
    }

    /** Links the payment to its substitute id, for disputes that contain only the merchant reference. */
    List<Fact> standIn() {
        return accountSettings.referenceIsUnique()
                        && !item.text("merchantReference").isEmpty()
                ? List.of(new Fact.Link(
                        Fact.LinkKind.PAID_BY, accountSettings.account().keyOf(item.standIn())))
                : List.of();
    }
}
