package ipn.projector.order;

import ipn.avro.OrderAllocation;
import ipn.avro.PaymentState;
import ipn.projector.allocation.MatchResult;
import ipn.projector.allocation.RevenueRecognizer;
import ipn.projector.ledger.LedgerRules;
import ipn.projector.ledger.LedgerRules.BookingKey;
import ipn.projector.ledger.PostingSet;
import ipn.projector.ledger.RevenuePostings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The ledger of an order: what the money of its payers is for. Their cash is booked at their own payment keys. */
final class OrderLedger {
    private OrderLedger() {}

    /** @param byPayer the match of each payer, by payment key */
    static LedgerRules.Result post(
            LedgerRules rules, OrderAllocation before, OrderAllocation after, Map<String, MatchResult> byPayer) {
        var last = new LedgerRules.Result(before.getPosted(), before.getEntries(), List.of());
        var postings = new PostingSet();
        byPayer.forEach((key, matched) -> {
            var payer = Objects.requireNonNull(after.getPayers().get(key), "matched");
            var payments = new ArrayList<PaymentState>(payer.getPaidBy());
            payments.add(payer.getOwn());
            var revenue = RevenueRecognizer.recognize(payer.getOwn(), payer.getPaidBy(), matched);
            new RevenuePostings(revenue, payments).addTo(postings);
        });
        var earlier = key(before);
        return last.posted().isEmpty() || earlier.equals(key(after))
                ? rules.post(key(after), last, postings)
                : rules.post(key(after), rules.post(earlier, last, new PostingSet()), postings);
    }

    private static BookingKey key(OrderAllocation allocation) {
        var order = allocation.getOrder();
        var test = order == null
                ? allocation.getPayers().values().stream()
                        .noneMatch(payer -> payer.getOwn().getLive())
                : !order.getLive();
        return new BookingKey(allocation.getOrderId(), allocation.getOrderId(), test);
    }
}
