package ipn.gateway.braintree;

import ipn.fact.Fact;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.ReferenceName;
import ipn.gateway.EventContent;
import ipn.gateway.References;
import java.util.List;
import java.util.Optional;

/** Events {@code dispute_*}. A retrieval request moves no money. */
final class Disputes {
    private Disputes() {}

    static EventContent open(BraintreeEvent event) {
        return isRetrieval(event) ? content(event, 1, DisputeStatus.INQUIRY) : content(event, 2, DisputeStatus.OPEN);
    }

    static EventContent won(BraintreeEvent event) {
        return content(event, 3, DisputeStatus.WON);
    }

    /** Also a dispute that was not contested in time. */
    static EventContent lost(BraintreeEvent event) {
        return content(event, 3, isRetrieval(event) ? DisputeStatus.CLOSED : DisputeStatus.LOST);
    }

    private static boolean isRetrieval(BraintreeEvent event) {
        return event.entity().at("kind").glance().orElse("").equals("retrieval");
    }

    private static EventContent content(BraintreeEvent event, long sequence, DisputeStatus status) {
        var thing = event.entity();
        var disputed = thing.at("amount-disputed").isPresent() ? "amount-disputed" : "amount";
        var amount = BraintreeEvent.money(thing.at(disputed), thing.at("currency-iso-code"));
        var unused = BraintreeEvent.id(thing.at("transaction").at("id"));
        var dispute = new Fact.Dispute(
                BraintreeEvent.id(thing.at("id")),
                Optional.of(amount),
                status,
                thing.at("reason").code());
        return EventContent.of(sequence, amount, dispute).and(order(event));
    }

    private static List<Fact> order(BraintreeEvent event) {
        var order = event.entity().at("transaction").at("order-id");
        return BraintreePayload.glance(order).isPresent()
                ? List.of(References.reference(ReferenceName.ORDER, order))
                : List.of();
    }
}
