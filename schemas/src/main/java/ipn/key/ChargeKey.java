package ipn.key;

import ipn.avro.Claim;
import java.util.Optional;

/**
 * Money of a payment key, as a whole or of one of its invoices. Written as the payment key, or
 * {@code <payment key> invoice <invoice id>}, then {@code product <name>}, as far as they apply. Spaces in them are percent-encoded.
 *
 * @param invoice id, only where the payment key has several invoices
 * @param product name, only where the invoice sells several products
 */
public record ChargeKey(PaymentKey payment, Optional<String> invoice, Optional<String> product)
        implements Comparable<ChargeKey> {

    private static final String PRODUCT = " product ";

    /** Whether a key that begins with a charge key is about one of several products. */
    public static boolean namesProduct(String key) {
        return key.contains(PRODUCT);
    }

    /** The payment key as a whole. */
    public static ChargeKey whole(PaymentKey payment) {
        return new ChargeKey(payment, Optional.empty(), Optional.empty());
    }

    /** One of several invoices of a payment key. */
    public static ChargeKey invoice(PaymentKey payment, String invoice) {
        return new ChargeKey(payment, Optional.of(invoice), Optional.empty());
    }

    /**
     * The money of a claim, with its invoice if it has one. Not the claim key: that changes with a second invoice, or an order that is known
     * later, and the payment stays the same.
     */
    public static ChargeKey ofClaim(Claim claim) {
        var whole = new ChargeKey(
                PaymentKey.parse(claim.getPaymentKey()), Optional.ofNullable(claim.getInvoice()), Optional.empty());
        return namesProduct(claim.getClaimKey()) ? whole.ofProduct(claim.getProduct()) : whole;
    }

    /** One of several products of this money. */
    public ChargeKey ofProduct(String name) {
        return new ChargeKey(payment, invoice, Optional.of(name));
    }

    /** The whole of this money, of whichever products. */
    public ChargeKey ofAllProducts() {
        return new ChargeKey(payment, invoice, Optional.empty());
    }

    @Override
    public int compareTo(ChargeKey other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return KeyFormat.betweenSpaces(payment.text())
                + invoice.map(id -> " invoice " + KeyFormat.betweenSpaces(id)).orElse("")
                + product.map(name -> PRODUCT + KeyFormat.betweenSpaces(name)).orElse("");
    }
}
