package ipn.simulator;

import java.util.Optional;

/**
 * The gateway's ids that a simulated notification speaks of. A notification uses those that its type has.
 *
 * @param event the notification's own id
 * @param payment the money: payment intent, transaction
 * @param bill the invoice
 * @param subscription the subscription
 */
public record Ids(String event, String payment, String bill, String subscription) {

    public Ids withEvent(Optional<String> id) {
        return new Ids(id.orElse(event), payment, bill, subscription);
    }

    public Ids withPayment(Optional<String> id) {
        return new Ids(event, id.orElse(payment), bill, subscription);
    }

    public Ids withBill(Optional<String> id) {
        return new Ids(event, payment, id.orElse(bill), subscription);
    }

    public Ids withSubscription(Optional<String> id) {
        return new Ids(event, payment, bill, id.orElse(subscription));
    }
}
