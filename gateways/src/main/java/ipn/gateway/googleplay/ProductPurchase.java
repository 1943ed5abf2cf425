package ipn.gateway.googleplay;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.gateway.EventContent;
import ipn.gateway.Item;
import ipn.gateway.Translation;
import java.util.ArrayList;
import java.util.Optional;

/** The current one-time purchase: {@code purchases.productsv2}. The paid amount is in its order. */
final class ProductPurchase {
    static final String TEST = "testPurchaseContext";

    private ProductPurchase() {}

    static Translation read(GooglePlayDocument document) {
        document.requireMode(TEST);
        var id = Item.keyPart(document.place().id());
        var state = document.at("purchaseStateContext").at("purchaseState").required();
        var facts = new ArrayList<Fact>();
        var rank = switch (state.glance().orElse("")) {
            case "PENDING" -> {
                facts.add(new Fact.Attempt(id, AttemptStatus.PENDING, ""));
                yield 1;
            }
            case "PURCHASED" -> 2;
            case "CANCELLED" -> {
                facts.add(new Fact.Attempt(id, AttemptStatus.CANCELED, ""));
                yield 3;
            }
            default -> throw GooglePlayDocument.unknown(state);
        };
        facts.addAll(GooglePlayDocument.references(
                document.at("obfuscatedExternalAccountId"), document.at("obfuscatedExternalProfileId")));
        facts.addAll(GooglePlayDocument.skus(document.at("productLineItem").elements(), "productOfferDetails"));
        return new EventContent(GooglePlayRanks.seen(rank), Optional.empty(), facts)
                .translation(document.place().kind().type(), document.notifiedAt());
    }
}
