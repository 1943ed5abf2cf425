package ipn.twin.entitlement;

import ipn.twin.gateway.PaymentFacts.Dispute;
import java.time.Instant;
import java.util.Optional;

/** A row of the payments of one entitlement, with the sum of its refunds. */
record Payment(
        String entitlementKey,
        String product,
        String currency,
        long captured,
        long refunded,
        Dispute dispute,
        boolean fraudWarning,
        Optional<Instant> paidUntil) {}
