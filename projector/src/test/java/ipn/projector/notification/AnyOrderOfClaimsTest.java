package ipn.projector.notification;

import static ipn.projector.notification.Claims.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.AccessReason;
import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import ipn.avro.EntitlementEvent;
import ipn.avro.NotificationCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each claim changes in order; the claims of one user interleave in every way and come again at any time. Two bursts of
 * deliveries with weeks in between, then years pass: the entitlement in the end is the same, and so are all notifications.
 */
class AnyOrderOfClaimsTest {
    private static final Cause ANY = new Cause("", "", 0, 0L, false);

    static LongStream seeds() {
        return LongStream.range(0, 4_000);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void ends_in_the_same_access_and_the_same_notifications(long seed) {
        var random = new SplittableRandom(seed);
        var history = new Histories(random).next();
        var inFirstBurst = history.stream()
                .map(versions -> random.nextInt(versions.size() + 1))
                .toList();
        var again = NOON.plus(Duration.ofMinutes(30)).plus(Duration.ofHours(random.nextInt(100 * 24)));

        var one = result(history, inFirstBurst, again, random.split());
        var other = result(history, inFirstBurst, again, random.split());
        assertThat(other).as("in another order").isEqualTo(one);
        assertThat(one.ids()).as("notified once").doesNotHaveDuplicates();
        var paid = paid(history);
        assertThat(one.ids()).as("what was paid is confirmed").containsAll(paid);
        if (!paid.isEmpty()) {
            assertThat(one.access())
                    .as("%s: was paid, and gave access once", paid)
                    .isNotEmpty();
        }
    }

    @Test
    void among_them_are_all_kinds_of_notifications_and_all_that_access_can_be() {
        var kinds = new TreeSet<String>();
        var reasons = new TreeSet<String>();
        for (var seed = 0; seed < 300; seed++) {
            var random = new SplittableRandom(seed);
            var user = new User();
            burst(user, new Histories(random).next(), new TreeMap<>(), random);
            user.until(NOON.plus(Duration.ofDays(random.nextInt(100))));
            user.notifications().forEach(each -> kinds.add(each.getKind().name()));
            Optional.ofNullable(user.last()).ifPresent(last -> reasons.add(last.getStatus() + " " + last.getReason()));
        }
        assertThat(kinds).containsExactly("ACCESS_ENDED", "ACCESS_ENDING", "PAYMENT_FAILED", "RECEIPT", "REFUND_MADE");
        assertThat(reasons)
                .contains(
                        "ACTIVE PAID",
                        "ACTIVE TRIAL",
                        "ENDED EXPIRED",
                        "ENDED DISPUTE_LOST",
                        "ENDED REFUNDED",
                        "GRACE AWAITING_RENEWAL",
                        "GRACE PAYMENT_FAILED",
                        "SUSPENDED DISPUTED",
                        "SUSPENDED FRAUD_FLAGGED",
                        "SUSPENDED PAUSED");
    }

    /** Ids of the receipts for the claims that are paid in the end. */
    private static List<String> paid(List<List<Claim>> history) {
        return history.stream()
                .filter(versions -> !versions.isEmpty())
                .map(versions -> versions.get(versions.size() - 1))
                .filter(last -> last.getKind() != ClaimKind.SUBSCRIPTION && last.getKind() != ClaimKind.WITHDRAWN)
                .filter(last -> last.getStatus() == ClaimStatus.PAID)
                .map(last -> "receipt/" + last.getPaymentKey()
                        + (last.getInvoice() == null ? "" : " invoice " + last.getInvoice()))
                .toList();
    }

    /**
     * What a history leads to.
     *
     * @param access in the end; empty: none, or none any more because its claims are gone
     * @param ids of notifications, sorted
     * @param contents of notifications, without time and cause, sorted
     */
    private record Result(String access, List<String> ids, List<String> contents) {}

    private static Result result(
            List<List<Claim>> history, List<Integer> inFirstBurst, Instant again, SplittableRandom random) {
        var user = new User();
        var newest = new TreeMap<String, Claim>();
        burst(user, parts(history, inFirstBurst, true), newest, random);
        user.until(again);
        burst(user, parts(history, inFirstBurst, false), newest, random);
        user.passesQuietTime();
        newest.values().forEach(claim -> user.claims(claim).passes(Duration.ofMillis(random.nextInt(3))));
        user.until(again.plus(Duration.ofDays(2_000)));
        var notifications = user.notifications();
        return new Result(
                access(user.last()),
                notifications.stream()
                        .map(NotificationCommand::getNotificationId)
                        .sorted()
                        .toList(),
                notifications.stream()
                        .map(AnyOrderOfClaimsTest::content)
                        .sorted()
                        .toList());
    }

    private static List<List<Claim>> parts(List<List<Claim>> history, List<Integer> split, boolean first) {
        return IntStream.range(0, history.size())
                .mapToObj(number -> {
                    var versions = history.get(number);
                    return first
                            ? versions.subList(0, split.get(number))
                            : versions.subList(split.get(number), versions.size());
                })
                .toList();
    }

    /** One claim after another, in any order; now and then the newest of one arrives again. */
    private static void burst(User user, List<List<Claim>> claims, Map<String, Claim> newest, SplittableRandom random) {
        var queues = new ArrayList<>(claims.stream().map(ArrayDeque::new).toList());
        while (!queues.isEmpty()) {
            var queue = queues.get(random.nextInt(queues.size()));
            if (queue.isEmpty()) {
                queues.remove(queue);
            } else {
                var claim = queue.remove();
                newest.put(claim.getClaimKey(), claim);
                user.claims(claim).passes(Duration.ofMillis(random.nextInt(50)));
            }
            if (!newest.isEmpty() && random.nextInt(4) == 0) {
                user.claims(List.copyOf(newest.values()).get(random.nextInt(newest.size())));
            }
        }
    }

    private static String access(@Nullable EntitlementEvent last) {
        return last == null || last.getReason() == AccessReason.WITHDRAWN
                ? ""
                : Stream.of(
                                last.getStatus(),
                                last.getFrom(),
                                last.getUntil(),
                                last.getGraceUntil(),
                                last.getReason(),
                                last.getProduct(),
                                last.getTest())
                        .map(String::valueOf)
                        .collect(Collectors.joining(" "));
    }

    private static String content(NotificationCommand notification) {
        return NotificationCommand.newBuilder(notification)
                .setCause(ANY)
                .setAt(NOON)
                .build()
                .toString();
    }
}
