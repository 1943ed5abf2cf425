package ipn.projector.access;

import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The credits for unused time of one subscription: when it moved to another product, price or quantity, the gateway credited what
 * was paid for the rest of the period. From the start of the credited time, that period is no longer paid for.
 *
 * @param credits claims of status CREDITED
 */
record CreditedTime(List<Claim> credits) {

    static CreditedTime of(List<Claim> claims) {
        return new CreditedTime(claims.stream()
                .filter(claim -> claim.getKind() == ClaimKind.PERIOD && claim.getStatus() == ClaimStatus.CREDITED)
                .toList());
    }

    /** The period, ended where its credited time starts. */
    Claim cut(Claim period) {
        return PeriodEnds.endedAtFirst(
                period,
                credits.stream().filter(credit -> covers(credit, period)).map(Claim::getFrom));
    }

    /** Whether a period ends because its time was credited. */
    boolean ended(Claim period, Instant end) {
        return credits.stream()
                .anyMatch(credit -> credit.getProduct().equals(period.getProduct())
                        && credit.getFrom().equals(end));
    }

    /** Credits time that was paid before; the invoice of the credit pays for time anew. */
    private static boolean covers(Claim credit, Claim period) {
        return credit.getProduct().equals(period.getProduct())
                && !isOneInvoice(credit, period)
                && !period.getFrom().isAfter(credit.getFrom())
                && period.getUntil().isAfter(credit.getFrom());
    }

    private static boolean isOneInvoice(Claim one, Claim other) {
        return one.getPaymentKey().equals(other.getPaymentKey())
                && Objects.equals(one.getInvoice(), other.getInvoice());
    }
}
