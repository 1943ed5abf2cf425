package ipn.projector.access;

import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Periods that an operator imported, beside what the gateway itself reports of the same subscription and product:
 *
 * <ol>
 *   <li>The gateway's report of the same period counts alone, whatever became of its money, so that its refund ends access.
 *   <li>If the gateway could not collect the period, the export was made while it tried: what was paid for ended when the period began.
 * </ol>
 *
 * @param reported periods that the gateway reports
 */
record ImportedPeriods(List<Claim> reported) {
    /** Exports contain days, or the times of another clock than the invoice's. */
    private static final Duration TOLERANCE = Duration.ofDays(1);

    /** All claims of one subscription, with imported periods as far as they count. */
    static List<Claim> counted(List<Claim> claims) {
        var reported = claims.stream().filter(ImportedPeriods::isReportedPeriod).toList();
        var periods = new ImportedPeriods(reported);
        return claims.stream()
                .flatMap(claim -> claim.getImported() ? periods.counted(claim) : Stream.of(claim))
                .toList();
    }

    private Stream<Claim> counted(Claim imported) {
        if (reported.stream().anyMatch(period -> replaces(period, imported))) {
            return Stream.empty();
        }
        return Stream.of(
                reported.stream().anyMatch(period -> isUncollected(period, imported))
                        ? Claim.newBuilder(imported)
                                .setUntil(imported.getFrom())
                                .build()
                        : imported);
    }

    private static boolean isReportedPeriod(Claim claim) {
        return claim.getKind() == ClaimKind.PERIOD && !claim.getImported() && claim.getStatus() != ClaimStatus.CREDITED;
    }

    private static boolean replaces(Claim reported, Claim imported) {
        return reported.getStatus() != ClaimStatus.FAILED
                && isSameProduct(reported, imported)
                && isNear(reported.getUntil(), imported.getUntil());
    }

    private static boolean isUncollected(Claim reported, Claim imported) {
        return reported.getStatus() == ClaimStatus.FAILED
                && isSameProduct(reported, imported)
                && isNear(reported.getFrom(), imported.getFrom());
    }

    private static boolean isSameProduct(Claim reported, Claim imported) {
        return reported.getProduct().equals(imported.getProduct());
    }

    private static boolean isNear(Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(TOLERANCE) <= 0;
    }
}
