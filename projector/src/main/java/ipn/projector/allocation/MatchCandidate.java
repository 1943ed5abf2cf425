package ipn.projector.allocation;

import ipn.avro.Invoice;
import ipn.avro.Claim;
import ipn.avro.PaymentState;
import ipn.avro.Subscription;
import ipn.projector.allocation.MatchResult.Mismatch;
import ipn.projector.catalogue.Mismatch;
import ipn.projector.catalogue.Product;
import ipn.projector.catalogue.Product.Kind;
import ipn.projector.catalogue.ProductCatalogue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A payment key under assessment, or one of its bills.
 *
 * @param terms what its money is measured by
 * @param product what it is for; empty where nothing of the catalogue is named
 * @param reversals what took its money back
 * @param name what claims and discrepancies about it go by; a storage format
 */
record MatchCandidate(
        ProductCatalogue catalogue,
        PaymentState own,
        Terms terms,
        Optional<Product> product,
        Reversals reversals,
        String name) {

    /** One bill of this key. */
    MatchCandidate of(InvoiceView billed, Optional<Product> sold) {
        return new MatchCandidate(catalogue, own, terms, sold, billed.reversals(), billed.name());
    }

    /** A payment that has no bill. */
    MatchResult payment(Charge taken) {
        return money(taken, taken.at(), Optional.empty());
    }

    MatchResult bill(InvoiceView billed) {
        var bill = billed.bill();
        if (bill.getStatus().equals("FAILED")) {
            return unproven(billed);
        }
        // a bill of nothing proves nothing: a trial is what the subscription says
        return billed.tookMoney()
                ? money(billed.taken(own.getPaymentKey()), billed.from(), Optional.of(bill))
                : MatchResult.NOTHING;
    }

    private MatchResult money(Charge taken, Instant from, Optional<Invoice> bill) {
        var unfit = unfit();
        if (unfit.isPresent()) {
            return open(taken, unfit.stream().toList());
        }
        var sold = product.orElseThrow();
        var problems = terms.judge(taken, sold);
        var mismatches = open(taken, problems);
        if (!problems.stream().allMatch(catalogue.policy()::grants)) {
            return mismatches;
        }
        var matching = problems.stream().findFirst().map(Mismatch::kind).orElse("MATCHED");
        var claim = claim(sold.kind() == Kind.ONCE ? "ONCE" : "PERIOD", taken.standing(), from)
                .setInvoice(bill.map(Invoice::getId).filter(id -> !id.isEmpty()).orElse(null))
                .setFrom(from)
                .setDiscrepancy(matching)
                .setAmount(taken.paid())
                .setCurrency(taken.currency())
                .setRefunded(reversals.refunded().getOrDefault(taken.currency(), 0L));
        if (sold.kind() == Kind.SUBSCRIPTION) {
            claim.setSubscription(taken.subscription().orElse(null))
                    .setUntil(bill.map(Invoice::getUntil).orElseGet(() -> sold.periodEnd(from)));
        }
        return mismatches.and(MatchResult.claims(claim));
    }

    /** A renewal that failed claims nothing, and tells why access is in grace. */
    private MatchResult unproven(InvoiceView billed) {
        var bill = billed.bill();
        if (bill.getSubscription() == null || unfit().isPresent()) {
            return MatchResult.NOTHING;
        }
        return MatchResult.claims(claim("PERIOD", "FAILED", bill.getAt())
                .setSubscription(bill.getSubscription())
                .setFrom(billed.from()));
    }

    MatchResult subscription(Subscription subscription) {
        if (unfit().isPresent() || product.orElseThrow().kind() != Kind.SUBSCRIPTION) {
            return MatchResult.NOTHING;
        }
        return MatchResult.claims(claim("SUBSCRIPTION", subscription.getStatus(), subscription.getAt())
                .setSubscription(own.getPaymentKey())
                .setUntil(terms.expectsTrial() ? subscription.getTrialEnd() : null)
                .setCancelScheduled(subscription.getCancelScheduled())
                .setCancelAt(subscription.getCancelAt()));
    }

    /** Money that went back troubles nobody any more. */
    private MatchResult open(Charge taken, List<Mismatch> problems) {
        return taken.gone()
                ? MatchResult.NOTHING
                : problems.stream().map(this::mismatch).reduce(MatchResult.NOTHING, MatchResult::and);
    }

    MatchResult mismatch(Mismatch problem) {
        return new MatchResult(List.of(), List.of(new Mismatch(problem, own.getPaymentKey(), terms.named())));
    }

    /** What must be known before anything is claimed, money apart. It is so for all bills of the key alike. */
    private Optional<Mismatch> unfit() {
        if (catalogue.live() && !own.getLive()) {
            return wholly(Mismatch.WRONG_MODE, "live money", "test money");
        }
        return terms.misfit().or(this::nameless);
    }

    private Optional<Mismatch> nameless() {
        var named = terms.named();
        if (named.subject().isEmpty()) {
            return wholly(Mismatch.NO_SUBJECT, "a subject among the references", "none");
        }
        if (product.isEmpty()) {
            return wholly(
                    named.product().isPresent() ? Mismatch.UNKNOWN_PRODUCT : Mismatch.NO_PRODUCT,
                    "a product of the catalogue",
                    named.product().orElse("none"));
        }
        return product.get().scoped() && named.reference().isEmpty()
                ? wholly(Mismatch.NO_SCOPE, "a reference to what it is for", "none")
                : Optional.empty();
    }

    private Optional<Mismatch> wholly(String kind, String expected, String actual) {
        return Optional.of(new Mismatch(kind, own.getPaymentKey(), expected, actual));
    }

    private Claim.Builder claim(String kind, String standing, Instant otherwiseAt) {
        var sold = product.orElseThrow();
        var order = terms.named().order().orElse(null);
        return Claim.newBuilder()
                .setClaimKey(claimKey(kind.equals("SUBSCRIPTION") ? name + " subscription" : name, order))
                .setPaymentKey(own.getPaymentKey())
                .setSubject(terms.named().subject().orElseThrow())
                .setEntitlement(sold.entitlement())
                .setScope(sold.scoped() ? terms.named().reference().orElseThrow() : null)
                .setProduct(sold.name())
                .setKind(kind)
                .setStatus(standing)
                .setAt(reversals.since(standing).orElse(otherwiseAt))
                .setOrder(order)
                .setTest(!own.getLive());
    }

    /** Claims made at an order are other claims than those made without it, so that handing over disturbs neither. */
    static String claimKey(String name, @Nullable String order) {
        return order == null ? name : name + " order " + order;
    }
}
