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

/** One item and what is needed to read it. */
record AdyenEvent(AdyenItem item, AdyenAccountSettings accountSettings) {
    private static final Set<String> WITHOUT_DECIMALS = Set.of(
            "CVE", "DJF", "GNF", "IDR", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF");
    private static final Set<String> WITH_THREE = Set.of("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND");

    /** By Adyen's own library; it counts two decimals of every other currency, whatever ISO 4217 says. */
    static final Amounts AMOUNTS = new Amounts(exponents());

    private static Map<String, Integer> exponents() {
        return Currency.getAvailableCurrencies().stream()
                .map(Currency::getCurrencyCode)
                .collect(Collectors.toMap(
                        code -> code, code -> WITHOUT_DECIMALS.contains(code) ? 0 : WITH_THREE.contains(code) ? 3 : 2));
    }

    /** Of this event: the payment itself, or what was done to it. */
    String psp() {
        return item.at("pspReference").required().id().orElseThrow();
    }

    /** The payment it is about. */
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

    /** Of something that moves money, so that moving none makes no sense. */
    Money moved() {
        var amount = amount();
        if (amount.minorUnits() == 0) {
            throw new RefusedException(
                    Reason.INVALID_AMOUNT, item.at("amount").pointer() + ": zero (expected: what was given back)");
        }
        return amount;
    }

    Money nothing() {
        return new Money(0, amount().currency());
    }

    /** Why, in Adyen's fixed words, such as {@code Not_enough_balance}; it decides nothing. */
    String reason() {
        var reason = item.text("reason");
        return reason.matches("[A-Za-z ]{1,64}") ? reason.strip().replace(' ', '_') : "";
    }

    /** A code among the additional data; it decides nothing. */
    String code(String name) {
        return item.additionalData().at(name).code();
    }

    /** The merchant's reference, which is signed: the order. */
    List<Fact> order() {
        return item.text("merchantReference").isEmpty()
                ? List.of()
                : List.of(References.reference(ReferenceName.ORDER, item.at("merchantReference")));
    }

    /** The order, and what Adyen passes on of the merchant's words without signing it. */
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

    /** Where disputes of this payment go that know nothing but the merchant's reference. */
    List<Fact> standIn() {
        return accountSettings.referenceIsUnique()
                        && !item.text("merchantReference").isEmpty()
                ? List.of(new Fact.Link(
                        Fact.LinkKind.PAID_BY, accountSettings.account().keyOf(item.standIn())))
                : List.of();
    }
}
