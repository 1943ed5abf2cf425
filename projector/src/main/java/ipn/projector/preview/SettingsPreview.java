package ipn.projector.preview;

import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.Discrepancy;
import ipn.avro.EntitlementClaims;
import ipn.avro.OrderAllocation;
import ipn.avro.PaymentAllocation;
import ipn.projector.access.Access;
import ipn.projector.access.AccessRules;
import ipn.projector.access.EntitlementUpdate;
import ipn.projector.allocation.PaymentAllocator;
import ipn.projector.allocation.PriceMatcher;
import ipn.projector.catalogue.AppliedVersion;
import ipn.projector.catalogue.CatalogueHistory;
import ipn.projector.catalogue.Product;
import ipn.projector.order.OrderAllocator;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What would change if a version of the catalogue were applied: stored payments and orders are matched again by the rules that would match
 * them, and the claims of a user are added up before and after, at one time.
 *
 * @param history in force now
 * @param applied the version to preview
 * @param clock one time for all: it decides only what is missing, or should have been reported
 */
public record SettingsPreview(CatalogueHistory history, AppliedVersion applied, Clock clock) {
    private static final Cause CAUSE = new Cause("decision/preview", "", 0, 0L, false);

    /**
     * What the money of a payment key or of an order leads to.
     *
     * @param claims that are new or differ, and withdrawals of others
     * @param discrepancies that open or close
     */
    public record Change(String key, List<Claim> claims, List<Discrepancy> discrepancies) {
        public boolean isEmpty() {
            return claims.isEmpty() && discrepancies.isEmpty();
        }
    }

    /**
     * The access of a user to an entitlement; empty where nothing was ever paid, or no longer counts.
     *
     * @param claims all claims of the user that changed
     */
    public record AccessChange(
            String subject,
            String entitlement,
            Optional<String> scope,
            Optional<Access> before,
            Optional<Access> after,
            List<Claim> claims) {}

    /** What changes of a payment key. */
    public Change payment(String key, PaymentAllocation stored) {
        var allocator = new PaymentAllocator(new PriceMatcher(after()), clock);
        var result = allocator.again(key, stored, CAUSE);
        return new Change(key, result.claims(), result.discrepancies());
    }

    /** What changes of an order. */
    public Change order(OrderAllocation stored) {
        var allocator = new OrderAllocator(new PriceMatcher(after()), clock);
        var result = allocator.again(stored, CAUSE);
        return new Change(stored.getOrderId(), result.claims(), result.discrepancies());
    }

    /**
     * What changed claims change of the access to an entitlement; empty: nothing.
     *
     * @param stored the claims of it
     * @param changed claims to it, at least one
     */
    public Optional<AccessChange> access(EntitlementClaims stored, List<Claim> changed) {
        var now = clock.instant();
        var update = new EntitlementUpdate(this::product);
        var claims = stored.getClaims();
        for (var claim : changed) {
            var before = EntitlementClaims.newBuilder(stored).setClaims(claims).build();
            claims = update.onClaim(before, claim, Optional.empty(), now).claims();
        }
        var was = AccessRules.derive(stored.getClaims(), history::product, now);
        var is = AccessRules.derive(claims, this::product, now);
        var about = changed.get(0);
        return isSame(was, is)
                ? Optional.empty()
                : Optional.of(new AccessChange(
                        about.getSubject(),
                        about.getEntitlement(),
                        Optional.ofNullable(about.getScope()),
                        was,
                        is,
                        changed));
    }

    private CatalogueHistory after() {
        return history.with(List.of(applied));
    }

    private Optional<Product> product(Claim claim) {
        return claim.getPolicyVersion().equals(applied.catalogue().version())
                ? applied.catalogue().get(claim.getProduct())
                : history.product(claim);
    }

    private static boolean isSame(Optional<Access> one, Optional<Access> other) {
        return one.map(SettingsPreview::value).equals(other.map(SettingsPreview::value));
    }

    /** What an entitlement event would contain. */
    private static List<Object> value(Access access) {
        return List.of(
                access.status(),
                access.from(),
                access.until(),
                access.graceUntil(),
                access.reason(),
                Objects.requireNonNull(access.decisive().getProduct()),
                access.decisive().getTest());
    }
}
