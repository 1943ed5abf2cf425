package ipn.simulator.vendor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import ipn.simulator.template.JsonTemplate;
import ipn.simulator.template.TemplateValues;

/** Stripe's objects about subscriptions: invoice, invoice payment, subscription. */
final class StripeBilling {
    private static final JsonTemplate INVOICE = JsonTemplate.load("stripe/invoice.json");
    private static final JsonTemplate INVOICE_PAYMENT = JsonTemplate.load("stripe/invoice-payment.json");
    private static final JsonTemplate SUBSCRIPTION = JsonTemplate.load("stripe/subscription.json");

    private StripeBilling() {}

    /** An invoice for one period of a subscription: paid, or open because an attempt to collect failed. */
    static ObjectNode invoice(TemplateValues values, String status) {
        var paid = status.equals("paid");
        var amount = values.sample().amount().minorUnits();
        return INVOICE.fill(values.with("status", status)
                .with("amount_paid", paid ? amount : 0L)
                .with("amount_remaining", paid ? 0L : amount)
                .with("paid_at", paid ? values.sample().at().getEpochSecond() : null));
    }

    /** Links a payment to the invoice that it pays. */
    static ObjectNode invoicePayment(TemplateValues values) {
        return INVOICE_PAYMENT.fill(values);
    }

    static ObjectNode subscription(TemplateValues values, String status) {
        return subscription(values, status, false);
    }

    /** An active subscription that ends with its period. */
    static ObjectNode endingSubscription(TemplateValues values) {
        return subscription(values, "active", true);
    }

    private static ObjectNode subscription(TemplateValues values, String status, boolean cancelAtPeriodEnd) {
        var ended = status.equals("canceled");
        return SUBSCRIPTION.fill(values.with("status", status)
                .with("cancel_at_period_end", cancelAtPeriodEnd)
                .with("ended_at", ended ? values.sample().at().getEpochSecond() : null));
    }
}
