package ipn.projector.order;

import ipn.avro.PaymentState;
import ipn.avro.OrderAllocation;
import ipn.projector.allocation.MatchResult;
import ipn.projector.allocation.RevenueSource;
import ipn.projector.ledger.CashBound;
import ipn.projector.ledger.LedgerRules;
import ipn.projector.ledger.LedgerRules.Place;
import ipn.projector.ledger.PostingSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The books of an order: what the money of those who pay for it is for. Their cash is booked where it was taken. */
final class OrderLedger {
    private OrderLedger() {}

    /** @param byPayer what each payer's money means, by payment key */
    static LedgerRules.Step of(LedgerRules books, OrderAllocation before, OrderAllocation after, Map<String, MatchResult> byPayer) {
        var told = new LedgerRules.Step(before.getPosted(), before.getEntries(), List.of());
        var sheet = new PostingSet();
        byPayer.forEach((key, assessment) -> {
            var payer = Objects.requireNonNull(after.getPayers().get(key), "assessed");
            var payers = new ArrayList<PaymentState>(payer.getPaidBy());
            payers.add(payer.getOwn());
            new CashBound(RevenueSource.recognised(payer.getOwn(), payer.getPaidBy(), assessment), payers)
                    .into(sheet);
        });
        var earlier = place(before);
        return told.posted().isEmpty() || earlier.equals(place(after))
                ? books.tell(place(after), told, sheet)
                : books.tell(place(after), books.tell(earlier, told, new PostingSet()), sheet);
    }

    private static Place place(OrderAllocation settled) {
        var order = settled.getOrder();
        var test = order == null
                ? settled.getPayers().values().stream()
                        .noneMatch(payer -> payer.getOwn().getLive())
                : !order.getLive();
        return new Place(settled.getOrderId(), settled.getOrderId(), test);
    }
}
