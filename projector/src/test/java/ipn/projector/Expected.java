package ipn.projector;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.DisputeStatus;
import ipn.avro.Order;
import ipn.avro.PaymentState;
import ipn.avro.Totals;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a history must cause whatever the rules' details, computed from the history alone. Two ends that are both empty are equal;
 * this is what tells them from two ends that are right.
 *
 * @param cash captured, less refunds, disputes and fees, by the last state of each payment
 * @param subscribers subjects of app store subscriptions: each has an invoice that was paid in full
 * @param receipts ids of the notifications that confirm the invoices of those subscriptions which nobody disputes
 * @param wrong ids of the discrepancies of payments for promoted posts that name no order, were kept, and are not of the price
 * @param missing orders that have a pay-by time and that no payment ever named
 */
record Expected(long cash, Set<String> subscribers, Set<String> receipts, Set<String> wrong, Set<String> missing) {

    private static final long PRICE_OF_POST = 2500;

    static Expected of(Histories histories) {
        return new Expected(
                cash(histories.payments()),
                stores(histories)
                        .map(state -> state.getReferences().get("subject"))
                        .collect(Collectors.toSet()),
                stores(histories).flatMap(Expected::receipts).collect(Collectors.toSet()),
                histories.payments().stream().flatMap(Expected::wrong).collect(Collectors.toSet()),
                missing(histories));
    }

    /** @param payments of each payment key its states, in order */
    static long cash(List<List<PaymentState>> payments) {
        return payments.stream()
                .filter(states -> !states.isEmpty())
                .flatMap(states -> states.get(states.size() - 1).getTotals().stream())
                .mapToLong(Expected::kept)
                .sum();
    }

    private static long kept(Totals totals) {
        return totals.getCaptured() - totals.getRefunded() - totals.getDisputed() - totals.getLost() - totals.getFees();
    }

    private static Stream<String> receipts(PaymentState store) {
        return store.getInvoices().stream()
                .filter(invoice -> invoice.getDisputeStatus() == DisputeStatus.NONE)
                .map(invoice -> "receipt/" + store.getPaymentKey() + " invoice " + invoice.getId());
    }

    /** @param states of one payment key, in order */
    private static Stream<String> wrong(List<PaymentState> states) {
        var ofPosts = states.stream()
                .allMatch(state -> "promoted-post".equals(state.getReferences().get("product"))
                        && !state.getReferences().containsKey("order"));
        return states.isEmpty() || !ofPosts
                ? Stream.empty()
                : states.get(states.size() - 1).getTotals().stream()
                        .filter(totals -> totals.getRefunded() + totals.getDisputed() + totals.getLost() == 0)
                        .map(Totals::getCaptured)
                        .filter(captured -> captured != PRICE_OF_POST)
                        .map(captured -> (captured < PRICE_OF_POST ? "UNDERPAID/" : "OVERPAID/")
                                + states.get(0).getPaymentKey());
    }

    private static Stream<PaymentState> stores(Histories histories) {
        return states(histories).filter(state -> state.getPaymentKey().contains("/store_"));
    }

    private static Set<String> missing(Histories histories) {
        var named = states(histories)
                .map(state -> state.getReferences().get("order"))
                .collect(Collectors.toSet());
        return histories.orders().stream()
                .filter(order -> order.getPayBy() != null)
                .map(Order::getOrderId)
                .filter(order -> !named.contains(order))
                .collect(Collectors.toSet());
    }

    private static Stream<PaymentState> states(Histories histories) {
        return histories.payments().stream().flatMap(List::stream);
    }

    void isIn(End end, String history) {
        assertThat(end.balance("clearing/"))
                .as("%s: clearing accounts hold the cash of all payments", history)
                .isEqualTo(cash);
        for (var subscriber : subscribers) {
            assertThat(end.access())
                    .as("%s: %s paid for a subscription and had access", history, subscriber)
                    .anyMatch(line -> line.startsWith(subscriber + "/premium "));
        }
        assertThat(end.notified())
                .as("%s: what was paid in full is confirmed", history)
                .containsAll(receipts);
        for (var id : wrong) {
            assertThat(end.open())
                    .as("%s: not the price of what it is for", history)
                    .anyMatch(line -> line.startsWith(id + " "));
        }
        for (var order : missing) {
            assertThat(end.open())
                    .as("%s: nobody paid for order %s in time", history, order)
                    .anyMatch(line -> line.startsWith("MISSING/order/" + order + " "));
        }
    }
}
