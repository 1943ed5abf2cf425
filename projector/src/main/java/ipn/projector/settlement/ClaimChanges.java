package ipn.projector.settlement;

import ipn.avro.Cause;
import ipn.avro.Claim;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a place tells when its claims have changed. */
public final class ClaimChanges {
    private ClaimChanges() {}

    /**
     * Claims that are new or differ, what is paid first, then withdrawals of those that are gone or moved to somebody else. In
     * this order, so that neither a claim that only changes its name nor a period that replaces another leaves a moment without
     * access.
     *
     * @param cause of a withdrawal, from that of the claim
     */
    public static List<Claim> between(List<Claim> before, List<Claim> after, UnaryOperator<Cause> cause) {
        var known = new TreeMap<String, Claim>();
        before.forEach(claim -> known.put(place(claim), claim));
        var news = after.stream()
                .filter(claim -> !same(known.get(place(claim)), claim))
                .sorted(Comparator.comparing(claim -> !claim.getStanding().equals("PAID")))
                .toList();
        after.forEach(claim -> known.remove(place(claim)));
        var withdrawn = known.values().stream()
                .map(claim -> Claim.newBuilder(claim)
                        .setKind("NONE")
                        .setCause(cause.apply(claim.getCause()))
                        .build());
        return Stream.concat(news.stream(), withdrawn).toList();
    }

    private static String place(Claim claim) {
        return String.join(
                "\n",
                claim.getSubject(),
                claim.getEntitlement(),
                String.valueOf(claim.getScope()),
                claim.getClaimKey());
    }

    private static boolean same(@Nullable Claim a, Claim b) {
        return a != null && Claim.newBuilder(a).setCause(b.getCause()).build().equals(b);
    }
}
