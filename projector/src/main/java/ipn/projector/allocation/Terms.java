package ipn.projector.allocation;

import ipn.avro.Subscription;
import ipn.key.ChargeKey;
import ipn.projector.catalogue.JudgedProduct;
import ipn.projector.catalogue.Product;
import ipn.projector.catalogue.ProductCatalogue;
import java.util.List;
import java.util.Optional;

/** What money is compared with: the catalogue alone, or an order. */
public interface Terms {
    /** Whom and what the money is for. */
    References references();

    /** What the payment key as a whole is for. */
    JudgedProduct product();

    /** What one invoice of it is for, by the version of the catalogue that judges the invoice. */
    JudgedProduct product(InvoiceView invoice);

    /** The version of the catalogue that judges an invoice. */
    ProductCatalogue catalogue(InvoiceView invoice);

    /** The lines of an invoice to compare one by one; empty: its amount is compared as a whole. */
    Optional<InvoiceLines> lines(InvoiceView invoice);

    /** How a trial differs from what is sold. */
    Optional<Mismatch> trial(Subscription subscription, Product product, ChargeKey key);

    /** Why nothing of the payment key can count, if so. */
    Optional<Mismatch> disqualification();

    /** Whether a person decided that money grants in spite of this. */
    boolean accepts(Mismatch mismatch);

    /** Whether a trial, of which nothing is paid yet, is what was expected. */
    boolean expectsTrial();

    /** How a charge differs from what was expected; empty: it matches. */
    List<Mismatch> mismatches(Charge charge, Product product);
}
