package ipn.projector.ledger;

import ipn.avro.PaymentState;
import org.jspecify.annotations.Nullable;

/**
 * An account of the ledger.
 *
 * @param product that money is for; null where the account is not kept by product
 */
record Account(String name, @Nullable String product) {
    /** Money whose purpose is not known, or not as expected: a suspense account. */
    static final Account UNMATCHED = new Account("unmatched", null);

    /** What gateways kept for themselves. */
    static final Account FEES = new Account("fees", null);

    /** What the gateway owes us. */
    static Account clearing(PaymentState payment) {
        return new Account("clearing/" + payment.getGateway() + "/" + payment.getAccount(), null);
    }

    static Account revenue(String product) {
        return new Account("revenue", product);
    }

    static Account refunds(String product) {
        return new Account("refunds", product);
    }

    static Account disputes(String product) {
        return new Account("disputes", product);
    }
}
