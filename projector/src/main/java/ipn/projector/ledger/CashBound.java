package ipn.projector.ledger;

import ipn.avro.PaymentState;
import ipn.projector.ledger.RevenueRecognition.Known;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What money is for, held to what is known of the money: only cash counts, so a bill that says it is paid is recognised as far as
 * the payments that pay for it have taken money. The oldest has what there is first.
 *
 * @param payers every payment that pays for them, each once
 */
public record CashBound(List<RevenueRecognition> recognitions, Collection<PaymentState> payers) {

    /** Adds them to a sheet. */
    public void into(PostingSet sheet) {
        var known = known();
        recognitions.stream().sorted().forEach(each -> {
            var cash = known.getOrDefault(each.currency(), Known.NOTHING);
            var recognised = each.within(cash);
            known.put(each.currency(), cash.without(recognised));
            recognised.into(sheet);
        });
    }

    private Map<String, Known> known() {
        var known = new HashMap<String, Known>();
        payers.stream()
                .flatMap(payer -> payer.getTotals().stream())
                .forEach(totals -> known.merge(
                        totals.getCurrency(),
                        new Known(totals.getCaptured(), totals.getRefunded(), CashPostings.heldBack(totals)),
                        Known::and));
        return known;
    }
}
