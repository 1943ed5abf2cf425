package ipn.gateway.shopify;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Money;
import ipn.gateway.EventContent;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.Unknown;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Reads topics {@code orders/*}; the body is a snapshot of the order. The order is the invoice: it contains the amount
 * due, whether it is fully paid, and the SKUs. Its transactions, of which there may be several, contain the money.
 */
final class Orders {
    private static final int SKUS_MAX = 20;
    private static final int SKU_LENGTH_MAX = 200;

    private Orders() {}

    static TimedContent snapshot(ShopifyEvent event) {
        var id = ShopifyEvent.id(event.at("id"));
        var status = status(event);
        var due = event.presentment("total_price");
        var words = new NoteAttributes(event);
        var amounts = new Fact.Invoice(
                id,
                status,
                words.contract(),
                due,
                status == InvoiceStatus.PAID ? due : new Money(0, due.currency()),
                Optional.empty(),
                Optional.empty());
        var invoice = OrderBreakdown.read(
                        event, due.currency(), amounts.subscription().isPresent())
                .map(amounts::with)
                .orElse(amounts);
        var content = EventContent.of(rank(status), due, invoice)
                .and(canceled(event, id, status))
                .and(words.references())
                .and(skus(event))
                .and(refunds(event));
        return new TimedContent(event.occurredAt("updated_at", "created_at"), content);
    }

    /** The invoice status. A cancelled order is void, paid or not; paid amounts are refunded with separate events. */
    private static InvoiceStatus status(ShopifyEvent event) {
        var status = event.at("financial_status");
        var paid = switch (status.glance().orElse(status.isPresent() ? "?" : "pending")) {
            case "pending", "authorized", "partially_paid", "expired", "unpaid" -> InvoiceStatus.OPEN;
            case "paid", "partially_refunded", "refunded" -> InvoiceStatus.PAID;
            case "voided" -> InvoiceStatus.VOID;
            default -> throw Unknown.status(status);
        };
        return event.at("cancelled_at").isPresent() ? InvoiceStatus.VOID : paid;
    }

    /** Ranks the events of one instant: placed, then paid, then cancelled. */
    private static long rank(InvoiceStatus status) {
        return switch (status) {
            case PAID -> 2;
            case VOID -> 3;
            default -> 1;
        };
    }

    private static List<Fact> canceled(ShopifyEvent event, String id, InvoiceStatus status) {
        return status == InvoiceStatus.VOID
                ? List.of(new Fact.Attempt(
                        id, AttemptStatus.CANCELED, event.at("cancel_reason").code()))
                : List.of();
    }

    private static List<Fact> skus(ShopifyEvent event) {
        var skus = new LinkedHashSet<String>();
        for (var line : event.at("line_items").elements()) {
            sku(line).ifPresent(skus::add);
            line.at("variant_id").id().ifPresent(skus::add);
        }
        return skus.stream()
                .limit(SKUS_MAX)
                .map(sku -> (Fact) new Fact.Sku(sku))
                .toList();
    }

    /**
     * The merchant's SKU of a line; empty if the merchant has set none. A line without a variant is a custom one, which the merchant
     * wrote for this order: it names nothing of the shop's catalog.
     */
    static Optional<String> sku(JsonField line) {
        var sku = line.at("sku");
        if (line.at("variant_id").node().isNull()) {
            return Optional.empty();
        }
        return sku.glance().filter(text -> !text.isBlank()).flatMap(text -> sku.word(SKU_LENGTH_MAX));
    }

    /** The refunds listed in the order: the same facts as those of the refund topics. */
    private static List<Fact> refunds(ShopifyEvent event) {
        var facts = new ArrayList<Fact>();
        event.at("refunds").elements().forEach(refund -> {
            var transactions = refund.at("transactions").elements().stream()
                    .flatMap(transaction -> Transactions.content(transaction).facts().stream())
                    .toList();
            facts.addAll(transactions);
            facts.addAll(RefundedItems.of(refund, transactions));
        });
        return facts;
    }
}
