package ipn.projector.allocation;

import ipn.projector.catalogue.Mismatch;
import ipn.projector.catalogue.Product;
import java.util.List;
import java.util.Optional;

/** What money is measured by: the catalogue alone, or an order. */
public interface Terms {
    /** Whom and what it is for. */
    References named();

    /** What the payment key as a whole is for. */
    Optional<Product> product();

    /** What one bill of it is for. */
    Optional<Product> product(InvoiceView bill);

    /** Why nothing of the payment key can count, if so. */
    Optional<Mismatch> misfit();

    /** Whether a trial, of which nothing is paid yet, is what was expected. */
    boolean expectsTrial();

    /** What does not match; empty: it matches. */
    List<Mismatch> judge(Charge taken, Product sold);
}
