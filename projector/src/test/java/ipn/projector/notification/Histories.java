package ipn.projector.notification;

import static ipn.projector.notification.Claims.NOON;

import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What one user may have bought: each list holds the versions of one claim, in order. Times are whole hours, so that no
 * boundary falls between two deliveries of a burst.
 */
final class Histories {
    private static final List<String> GATEWAYS = List.of("stripe", "apple", "paypal");
    private static final List<ClaimStatus> STATUSES = List.of(
            ClaimStatus.ACTIVE,
            ClaimStatus.PAST_DUE,
            ClaimStatus.PAUSED,
            ClaimStatus.UNPAID,
            ClaimStatus.CANCELED,
            ClaimStatus.EXPIRED,
            ClaimStatus.TRIALING);
    private static final Duration MONTH = Duration.ofDays(30);

    private final SplittableRandom random;

    Histories(SplittableRandom random) {
        this.random = random;
    }

    List<List<Claim>> next() {
        var all = new ArrayList<List<Claim>>();
        for (var number = random.nextInt(4); number > 0; number--) {
            all.addAll(subscription(GATEWAYS.get(random.nextInt(3)) + "/main/sub_" + number));
        }
        for (var number = random.nextInt(3); number > 0; number--) {
            all.add(purchase("pi_" + number));
        }
        if (!all.isEmpty() && random.nextInt(6) == 0) {
            withdrawn(all.get(random.nextInt(all.size())));
        }
        return all;
    }

    private List<List<Claim>> subscription(String key) {
        var all = new ArrayList<List<Claim>>();
        var start = hours(40 * 24);
        if (random.nextInt(4) > 0) {
            all.add(statuses(key, start));
        }
        for (var month = random.nextInt(5) - 1; month >= 0; month--) {
            var from = start.plus(MONTH.multipliedBy(month));
            var period = Claims.period("in_" + month, from, from.plus(MONTH))
                    .setClaimKey(key + " invoice in_" + month)
                    .setPaymentKey(key)
                    .setSubscription(key)
                    .setInvoice("in_" + month)
                    .setProduct(random.nextInt(4) == 0 ? "premium-plus" : "premium");
            all.add(versions(period, from));
        }
        return all;
    }

    private List<Claim> statuses(String key, Instant start) {
        var versions = new ArrayList<Claim>();
        var trialEnd = random.nextInt(3) == 0 ? start.plus(upTo(20)) : null;
        for (var number = random.nextInt(4); number >= 0; number--) {
            versions.add(Claims.subscription(STATUSES.get(random.nextInt(STATUSES.size())), start.plus(upTo(100)))
                    .setClaimKey(key + " subscription")
                    .setPaymentKey(key)
                    .setSubscription(key)
                    .setUntil(trialEnd)
                    .setCancelScheduled(random.nextInt(4) == 0)
                    .setCancelAt(random.nextInt(6) == 0 ? start.plus(upTo(100)) : null)
                    .build());
        }
        return versions;
    }

    private List<Claim> purchase(String id) {
        var from = hours(40 * 24);
        return versions(
                random.nextBoolean()
                        ? Claims.once(id).setFrom(from)
                        : Claims.period(id, from, from.plus(upTo(40))).setSubscription(null),
                from);
    }

    /** Failed, paid, then questioned, refunded in part or whole, and cleared again, at random. */
    private List<Claim> versions(Claim.Builder claim, Instant from) {
        var versions = new ArrayList<Claim>();
        if (random.nextInt(4) == 0) {
            versions.add(Claim.newBuilder(claim)
                    .setStatus(ClaimStatus.FAILED)
                    .setUntil(null)
                    .setAt(from)
                    .build());
        }
        if (random.nextInt(6) > 0) {
            versions.add(claim.setAt(from).build());
            for (var number = random.nextInt(3); number > 0; number--) {
                versions.add(later(Claim.newBuilder(claim), from.plus(upTo(40))));
            }
        }
        return versions;
    }

    private Claim later(Claim.Builder claim, Instant at) {
        claim.setAt(at);
        return switch (random.nextInt(6)) {
            case 0 -> claim.setStatus(ClaimStatus.DISPUTED).build();
            case 1 -> claim.setStatus(ClaimStatus.DISPUTE_LOST).build();
            case 2 -> claim.setStatus(ClaimStatus.FRAUD_FLAGGED).build();
            case 3 -> claim.setRefunded(300).build();
            case 4 ->
                claim.setStatus(ClaimStatus.REFUNDED)
                        .setRefunded(claim.getAmount())
                        .build();
            default -> claim.build();
        };
    }

    /** At most one of a history, since access whose claims are all withdrawn ends with the last withdrawal. */
    private static void withdrawn(List<Claim> versions) {
        if (!versions.isEmpty()) {
            versions.add(Claim.newBuilder(versions.get(versions.size() - 1))
                    .setKind(ClaimKind.WITHDRAWN)
                    .build());
        }
    }

    private Duration upTo(int days) {
        return Duration.ofHours(1 + random.nextInt(days * 24));
    }

    private Instant hours(int max) {
        return NOON.plus(Duration.ofHours(random.nextInt(max)));
    }
}
