package ipn.projector.settlement;

import java.util.List;
import java.util.Optional;

/** What money is measured by: the catalogue alone, or an order. */
public interface Terms {
    /** Whom and what it is for. */
    Named named();

    /** What the payment key as a whole is for. */
    Optional<Product> product();

    /** What one bill of it is for. */
    Optional<Product> product(Billed bill);

    /** Why nothing of the payment key can count, if so. */
    Optional<Problem> misfit();

    /** Whether a trial, of which nothing is paid yet, is what was expected. */
    boolean expectsTrial();

    /** What does not match; empty: it matches. */
    List<Problem> judge(Taken taken, Product sold);
}
