package ipn.app.demo;

import ipn.avro.Outcome;
import ipn.gateway.Item;
import ipn.simulator.DeliveryClient;

/** A notification that was sent and stored, the answer, and its outcome. */
record Delivered(String gateway, String event, Item item, DeliveryClient.Response answer, Outcome outcome) {
    /** The status of the payment after this notification; empty if it changed nothing. */
    String paymentStatus() {
        return outcome.getPayment() == null
                ? ""
                : outcome.getPayment().getStatus().name();
    }
}
