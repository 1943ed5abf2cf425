package ipn.app.chain;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.AccessReason;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import ipn.fact.Fact;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.fact.Money;
import ipn.gateway.Notification;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Renewals under one payment key, through both stages: in any order of invoices, refunds, disputes and changes of the
 * subscription, and with any duplicates, each renewal has a claim of its own, and access follows the remaining periods.
 */
class RenewalsInAnyOrderTest {
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration GRACE = Duration.ofDays(7);

    @TempDir
    private static Path folder;

    private static final AppStore STORE = new AppStore();
    private static Chain chain;

    @BeforeAll
    static void start() {
        chain = new Chain(folder, STORE.accounts());
    }

    @AfterAll
    static void stop() {
        chain.close();
    }

    static LongStream seeds() {
        return LongStream.range(0, 1_000);
    }

    /** What happens to a renewal. */
    private enum Fate {
        PAID(ClaimStatus.PAID),
        REFUNDED(ClaimStatus.REFUNDED),
        REFUNDED_BY_ID(ClaimStatus.REFUNDED),
        PARTLY_REFUNDED(ClaimStatus.PAID),
        PARTLY_LOST(ClaimStatus.PAID),
        REFUND_FAILED(ClaimStatus.PAID),
        DISPUTED(ClaimStatus.DISPUTED),
        DISPUTE_LOST(ClaimStatus.DISPUTE_LOST),
        FLAGGED(ClaimStatus.FRAUD_FLAGGED),
        UNDERPAID(ClaimStatus.UNKNOWN);

        private final ClaimStatus status;

        Fate(ClaimStatus status) {
            this.status = status;
        }
    }

    /** @param later time from its start to the first event against it */
    private record Renewal(String id, Instant from, Fate fate, Duration later) {
        boolean lost() {
            return fate.status == ClaimStatus.REFUNDED || fate.status == ClaimStatus.DISPUTE_LOST;
        }

        /** When it was given back in full, or lost: the second of two steps where there are two. */
        Instant lostAt() {
            return from.plus(later).plusSeconds(fate == Fate.REFUNDED_BY_ID ? 0 : 1);
        }

        Instant until() {
            return from.plus(MONTH);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void each_renewal_has_a_claim_of_its_own_and_access_follows_the_remaining_periods(long seed) {
        var random = new SplittableRandom(seed);
        var renewals = renewals(random);
        var original = "S" + seed;
        mixed(told(seed, original, renewals, random), random).forEach(chain::store);

        assertThat(statuses(original)).as("claims of the renewals").isEqualTo(expectedStatuses(original, renewals));
        assertThat(access(seed)).as("access in the end").isEqualTo(expectedAccess(renewals));
        assertThat(chain.payments().get(AppStore.key(original)).getTotals())
                .singleElement()
                .satisfies(totals -> assertThat(totals.getCaptured())
                        .isEqualTo(renewals.stream()
                                .mapToLong(RenewalsInAnyOrderTest::paid)
                                .sum()));
    }

    /** Two to seven periods, one after the other; now is in the last, or shortly or long after it. */
    private static List<Renewal> renewals(SplittableRandom random) {
        var count = 2 + random.nextInt(6);
        var start = Chain.NOW
                .minus(MONTH.multipliedBy(count))
                .plus(Duration.ofDays(List.of(20, -3, -20).get(random.nextInt(3))));
        return IntStream.range(0, count)
                .mapToObj(i -> new Renewal(
                        "t_" + i,
                        start.plus(MONTH.multipliedBy(i)),
                        random.nextInt(3) == 0 ? Fate.values()[random.nextInt(Fate.values().length)] : Fate.PAID,
                        // a refund may come long after other renewals, and in the same second as another
                        Duration.ofDays(random.nextInt(100))))
                .toList();
    }

    private static List<TestRecord<String, byte[]>> told(
            long seed, String original, List<Renewal> renewals, SplittableRandom random) {
        var told = new ArrayList<TestRecord<String, byte[]>>();
        for (var renewal : renewals) {
            var facts = List.<Fact>of(
                    new Fact.Captured(renewal.id, usd(paid(renewal)), Optional.empty()),
                    new Fact.Invoice(
                            renewal.id,
                            InvoiceStatus.PAID,
                            Optional.of(AppStore.key(original)),
                            usd(paid(renewal)),
                            usd(paid(renewal)),
                            Optional.of(renewal.from),
                            Optional.of(renewal.until())),
                    new Fact.Subscription(
                            original,
                            SubscriptionStatus.ACTIVE,
                            Optional.of(renewal.until()),
                            Optional.empty(),
                            false,
                            Optional.empty()),
                    new Fact.Reference(ReferenceName.SUBJECT, subject(seed)),
                    new Fact.Reference(ReferenceName.PRODUCT, "premium"));
            told.add(record(original, renewal.id + "_renewed", renewal.from, facts));
            var later = renewal.from.plus(renewal.later);
            var against = against(renewal);
            for (var i = 0; i < against.size(); i++) {
                told.add(record(original, renewal.id + "_" + i, later.plusSeconds(i), List.of(against.get(i))));
            }
        }
        return told;
    }

    private static List<Fact> against(Renewal renewal) {
        var id = renewal.id;
        var all = usd(800);
        return switch (renewal.fate) {
            case PAID, UNDERPAID -> List.of();
            case REFUNDED -> List.of(new Fact.RefundTotal(id, usd(300)), new Fact.RefundTotal(id, all));
            case REFUNDED_BY_ID -> List.of(new Fact.Refund(id, all, RefundStatus.SUCCEEDED));
            // half of it remains, which is enough
            case PARTLY_REFUNDED -> List.of(new Fact.RefundTotal(id, usd(400)));
            case PARTLY_LOST ->
                List.of(
                        new Fact.Refund(id, usd(100), RefundStatus.SUCCEEDED),
                        new Fact.Dispute(id, Optional.of(usd(300)), DisputeStatus.LOST, "fraudulent"));
            case REFUND_FAILED ->
                List.of(
                        new Fact.Refund(id, all, RefundStatus.SUCCEEDED),
                        new Fact.Refund(id, all, RefundStatus.FAILED));
            case DISPUTED -> List.of(new Fact.Dispute(id, Optional.of(all), DisputeStatus.OPEN, "fraudulent"));
            case DISPUTE_LOST ->
                List.of(
                        new Fact.Dispute(id, Optional.of(all), DisputeStatus.OPEN, "fraudulent"),
                        new Fact.Dispute(id, Optional.of(all), DisputeStatus.LOST, "fraudulent"));
            case FLAGGED -> List.of(new Fact.FraudFlag(id, true, "stolen_card"));
        };
    }

    private static TestRecord<String, byte[]> record(String original, String event, Instant at, List<Fact> facts) {
        return STORE.record(
                original + "_" + event, original, new Notification("noted", at, 0, Optional.empty(), facts));
    }

    private static List<TestRecord<String, byte[]>> mixed(
            List<TestRecord<String, byte[]>> told, SplittableRandom random) {
        var all = new ArrayList<>(told);
        told.forEach(each -> all.addAll(Collections.nCopies(random.nextInt(3), each)));
        Collections.shuffle(all, new Random(random.nextLong()));
        return all;
    }

    private static Map<String, String> statuses(String original) {
        var statuses = new TreeMap<String, String>();
        chain.claims(AppStore.key(original)).stream()
                .filter(claim -> claim.getKind() == ClaimKind.PERIOD)
                .forEach(claim -> statuses.put(claim.getClaimKey(), claim.getStatus() + " " + claim.getUntil()));
        return statuses;
    }

    private static Map<String, String> expectedStatuses(String original, List<Renewal> renewals) {
        var statuses = new TreeMap<String, String>();
        renewals.stream()
                .filter(renewal -> renewal.fate != Fate.UNDERPAID)
                .forEach(renewal -> statuses.put(
                        AppStore.key(original) + " invoice " + renewal.id,
                        renewal.fate.status + " " + renewal.until()));
        return statuses;
    }

    private static Optional<String> access(long seed) {
        return Optional.ofNullable(chain.entitlements().get(subject(seed) + "/premium"))
                .map(entitlement -> entitlement.getLast())
                .map(last -> last.getReason() == AccessReason.REFUNDED || last.getReason() == AccessReason.DISPUTE_LOST
                        ? last.getStatus().name()
                        : last.getStatus() + " " + last.getUntil());
    }

    private static Optional<String> expectedAccess(List<Renewal> renewals) {
        var questioned = List.of(ClaimStatus.DISPUTED, ClaimStatus.FRAUD_FLAGGED);
        var remaining = renewals.stream()
                .filter(renewal -> renewal.fate.status == ClaimStatus.PAID || questioned.contains(renewal.fate.status))
                .toList();
        if (remaining.isEmpty()) {
            var lost = renewals.stream().anyMatch(renewal -> renewal.fate != Fate.UNDERPAID);
            return lost ? Optional.of("ENDED") : Optional.empty();
        }
        var until = remaining.stream()
                .map(Renewal::until)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        if (remaining.stream()
                .anyMatch(renewal -> questioned.contains(renewal.fate.status)
                        && renewal.until().isAfter(Chain.NOW))) {
            return Optional.of("SUSPENDED " + until);
        }
        // a renewal whose money went back is not awaited: no grace
        var given = renewals.stream()
                .filter(renewal -> renewal.lost() && !renewal.from.isBefore(until))
                .reduce((earlier, later) -> later);
        if (given.isPresent() && !Chain.NOW.isBefore(until)) {
            return Optional.of(given.get().lostAt().isAfter(until) ? "ENDED" : "ENDED " + until);
        }
        return Optional.of(
                Chain.NOW.isBefore(until)
                        ? "ACTIVE " + until
                        : Chain.NOW.isBefore(until.plus(GRACE)) ? "GRACE " + until : "ENDED " + until.plus(GRACE));
    }

    private static long paid(Renewal renewal) {
        return renewal.fate == Fate.UNDERPAID ? 100 : 800;
    }

    private static String subject(long seed) {
        return "u-" + seed;
    }

    private static Money usd(long amount) {
        return new Money(amount, "USD");
    }
}
