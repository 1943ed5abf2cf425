package ipn.simulator;

import java.util.Optional;

/**
 * The gateway's ids in a simulated notification. Each type of notification uses those it has room for.
 *
 * @param event the notification's own id
 * @param payment of the payment: payment intent, transaction
 * @param invoice of the invoice
 * @param subscription of the subscription
 */
public record Ids(String event, String payment, String invoice, String subscription) {

    public Ids withEvent(Optional<String> id) {
        return new Ids(id.orElse(event), payment, invoice, subscription);
    }

    public Ids withPayment(Optional<String> id) {
        return new Ids(event, id.orElse(payment), invoice, subscription);
    }

    public Ids withInvoice(Optional<String> id) {
        return new Ids(event, payment, id.orElse(invoice), subscription);
    }

    public Ids withSubscription(Optional<String> id) {
        return new Ids(event, payment, invoice, id.orElse(subscription));
    }
}
