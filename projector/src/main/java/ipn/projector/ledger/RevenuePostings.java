package ipn.projector.ledger;

import ipn.avro.PaymentState;
import ipn.projector.ledger.RevenueRecognition.UnrecognizedCash;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Revenue, limited to the cash that is known: an invoice that is reported as paid is recognized only as far as the payments that pay
 * it have captured money. The oldest is recognized first.
 *
 * @param payers every payment that pays them, each once
 */
public record RevenuePostings(List<RevenueRecognition> revenue, Collection<PaymentState> payers) {

    /** Adds them. */
    public void addTo(PostingSet postings) {
        var cash = cash();
        revenue.stream().sorted().forEach(each -> {
            var left = cash.getOrDefault(each.currency(), UnrecognizedCash.NOTHING);
            var recognized = each.within(left);
            cash.put(each.currency(), left.without(recognized));
            recognized.addTo(postings);
        });
    }

    private Map<String, UnrecognizedCash> cash() {
        var cash = new HashMap<String, UnrecognizedCash>();
        payers.stream()
                .flatMap(payer -> payer.getTotals().stream())
                .forEach(totals -> cash.merge(
                        totals.getCurrency(),
                        new UnrecognizedCash(totals.getCaptured(), totals.getRefunded(), CashPostings.heldBack(totals)),
                        UnrecognizedCash::and));
        return cash;
    }
}
