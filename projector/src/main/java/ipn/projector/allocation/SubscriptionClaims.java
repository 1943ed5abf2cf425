package ipn.projector.allocation;

import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import ipn.avro.Subscription;
import ipn.avro.SubscriptionStatus;
import ipn.key.ChargeKey;
import ipn.projector.allocation.SubscribedProducts.Subscribed;
import ipn.projector.catalogue.CatalogueHistory;
import ipn.projector.catalogue.JudgedProduct;
import ipn.projector.catalogue.Product;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The claims that a subscription makes by its status, one for each entitlement of its products:
 *
 * <ol>
 *   <li>Every product that it is for has the status and, if it is sold, the trial.
 *   <li>A product of which the gateway does not report whether it is still sold has the status, and no trial.
 *   <li>A product that it is no longer for does not renew: access lasts as long as it is paid for and the subscription has not ended.
 * </ol>
 *
 * @param whole the payment key as a whole
 */
record SubscriptionClaims(MatchCandidate whole, Subscription subscription, SubscribedProducts products) {
    private static final Set<SubscriptionStatus> ENDED =
            EnumSet.of(SubscriptionStatus.CANCELED, SubscriptionStatus.EXPIRED, SubscriptionStatus.UNPAID);

    /** An entitlement of one subject. */
    private record Target(String entitlement, @Nullable String scope) {}

    static MatchResult match(MatchCandidate whole, Subscription subscription, CatalogueHistory history) {
        var products = SubscribedProducts.of(
                SubscribedProducts.versions(history, whole.own(), subscription),
                subscription,
                whole.own().getSkus(),
                new JudgedProduct(whole.catalogue(), whole.product()));
        return new SubscriptionClaims(whole, subscription, products).match();
    }

    private MatchResult match() {
        var claims = new LinkedHashMap<Target, Claim.Builder>();
        var discrepancies = MatchResult.NOTHING;
        for (var product : products.present()) {
            var candidate = candidate(product);
            if (candidate.isPresent()) {
                var unsold = unsoldTrial(product.product());
                var trialEnd = grantsTrial(candidate.get(), unsold) ? subscription.getTrialEnd() : null;
                var claim = status(candidate.get()).setUntil(trialEnd);
                claims.merge(target(claim), claim, SubscriptionClaims::tried);
                discrepancies = unsold.map(candidate.get()::discrepancy)
                        .map(discrepancies::and)
                        .orElse(discrepancies);
            }
        }
        products.unconfirmed().stream()
                .flatMap(product -> candidate(product).stream())
                .map(this::status)
                .forEach(claim -> claims.putIfAbsent(target(claim), claim));
        products.former().stream()
                .flatMap(product -> candidate(product).stream())
                .map(this::noRenewal)
                .forEach(claim -> claims.putIfAbsent(target(claim), claim));
        return claims.values().stream().map(MatchResult::claim).reduce(discrepancies, MatchResult::and);
    }

    private Optional<MatchCandidate> candidate(Subscribed product) {
        return Optional.of(whole.of(product.judged(), whole.key()))
                .filter(candidate -> candidate.disqualification().isEmpty());
    }

    /** Of several products of one entitlement, one whose trial is sold. */
    private static Claim.Builder tried(Claim.Builder one, Claim.Builder other) {
        return one.getUntil() == null && other.getUntil() != null ? other : one;
    }

    private Optional<Mismatch> unsoldTrial(Product product) {
        var key = ChargeKey.whole(whole.key().payment());
        return whole.terms()
                .trial(subscription, product, products.present().size() == 1 ? key : key.ofProduct(product.name()));
    }

    private boolean grantsTrial(MatchCandidate candidate, Optional<Mismatch> unsold) {
        return whole.terms().expectsTrial()
                && unsold.filter(mismatch -> !candidate.grants(mismatch)).isEmpty();
    }

    private Claim.Builder status(MatchCandidate candidate) {
        return claim(candidate, ClaimStatuses.of(subscription.getStatus()), subscription.getAt())
                .setCancelScheduled(subscription.getCancelScheduled())
                .setGraceUntil(subscription.getGraceUntil());
    }

    /** A failed renewal or a pause of the subscription is about what it is for now. */
    private Claim.Builder noRenewal(MatchCandidate candidate) {
        var status = ENDED.contains(subscription.getStatus())
                ? ClaimStatuses.of(subscription.getStatus())
                : ClaimStatus.ACTIVE;
        return claim(candidate, status, subscription.getAt()).setCancelScheduled(true);
    }

    private Claim.Builder claim(MatchCandidate candidate, ClaimStatus status, Instant at) {
        return candidate
                .claim(ClaimKind.SUBSCRIPTION, status, at)
                .setSubscription(whole.own().getPaymentKey())
                .setFormerProducts(formerProducts(candidate))
                .setCancelAt(subscription.getCancelAt());
    }

    /** Those of the same entitlement, which the product of the claim replaces. */
    private List<String> formerProducts(MatchCandidate candidate) {
        var entitlement = candidate.product().orElseThrow().entitlement();
        return products.former().stream()
                .map(Subscribed::product)
                .filter(product -> product.entitlement().equals(entitlement))
                .map(Product::name)
                .distinct()
                .toList();
    }

    private static Target target(Claim.Builder claim) {
        return new Target(claim.getEntitlement(), claim.getScope());
    }
}
