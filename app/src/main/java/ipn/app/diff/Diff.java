package ipn.app.diff;

import ipn.app.diff.ComparedSides.Mark;
import ipn.app.diff.ComparedSides.Side;
import ipn.app.rebuild.RebuildState;
import ipn.avro.Discrepancy;
import ipn.avro.Entitlement;
import ipn.avro.LedgerEntry;
import ipn.avro.NotificationCommand;
import ipn.avro.PaymentState;
import ipn.avro.Posting;
import ipn.key.EntitlementKey;
import ipn.key.SubjectId;
import ipn.operations.topic.HeaderText;
import ipn.topics.Headers;
import ipn.topics.TopicCatalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Compares a pipeline with a rebuild of its history, up to the time at which the rebuild began. Everything that is compared is on disk while it
 * runs.
 */
final class Diff {
    /** Notifications are kept for a week: of older ones nothing is known. */
    private static final Duration NOTIFICATIONS_KEPT = Duration.ofDays(7).minus(Duration.ofHours(1));

    private final ComparedSides sides;
    private final BeginsBefore before;
    private final Instant start;
    private final Instant until;

    private Diff(ComparedSides sides, RebuildState state) {
        this.sides = sides;
        this.before = new BeginsBefore(sides);
        this.start = state.startTime();
        this.until = state.untilTime();
    }

    /**
     * Reads both sides. The caller closes the report.
     *
     * @param first the pipeline
     * @param second the rebuild
     * @param state what the rebuild was made of
     */
    static DiffReport run(Reading first, Reading second, RebuildState state) {
        var sides = new ComparedSides();
        var complete = false;
        try {
            new Diff(sides, state).read(first, second);
            var report = new DiffReport(sides, state);
            complete = true;
            return report;
        } finally {
            if (!complete) {
                sides.close();
            }
        }
    }

    private void read(Reading first, Reading second) {
        before.readEvents(second);
        readPayments(Side.FIRST, first);
        before.readDependents(first);
        readPayments(Side.SECOND, second);
        for (var side : Side.values()) {
            var reading = side == Side.FIRST ? first : second;
            readEntitlements(side, reading);
            readLedger(side, reading);
            readDiscrepancies(side, reading);
            readNotifications(side, reading);
            readDeadLetters(side, reading);
        }
        for (var kind : Kind.values()) {
            sides.compare(kind);
        }
    }

    private void readPayments(Side side, Reading reading) {
        reading.topic(
                TopicCatalogue.PAYMENTS,
                PaymentState.class,
                read -> read.value().ifPresent(state -> {
                    var isSince = read.time().isAfter(until);
                    if (side == Side.FIRST) {
                        before.note(state, isSince);
                    }
                    if (isSince) {
                        sides.mark(Mark.PAYMENT_SINCE, state.getPaymentKey());
                    } else {
                        sides.put(Kind.PAYMENT, side, state.getPaymentKey(), Descriptions.payment(state));
                    }
                }));
    }

    private void readEntitlements(Side side, Reading reading) {
        reading.topic(TopicCatalogue.ENTITLEMENT_STATE, Entitlement.class, read -> {
            if (read.time().isAfter(until)) {
                sides.mark(Mark.ENTITLEMENT_SINCE, read.key());
            } else {
                read.value()
                        .flatMap(Descriptions::entitlement)
                        .ifPresentOrElse(
                                each -> sides.put(Kind.ENTITLEMENT, side, read.key(), each),
                                () -> sides.remove(Kind.ENTITLEMENT, side, read.key()));
            }
        });
    }

    private void readLedger(Side side, Reading reading) {
        reading.topic(
                TopicCatalogue.LEDGER,
                LedgerEntry.class,
                read -> read.value()
                        .filter(entry -> !read.time().isAfter(until) && !before.isKey(entry.getPaymentKey()))
                        .ifPresent(entry -> entry.getLines().forEach(line -> add(side, entry, line))));
    }

    private void add(Side side, LedgerEntry entry, Posting line) {
        var key = String.join(
                " ",
                entry.getPaymentKey(),
                line.getAccount(),
                Objects.requireNonNullElse(line.getProduct(), "-"),
                line.getCurrency(),
                line.getDay().toString(),
                entry.getTest() ? "test" : "live");
        sides.add(Kind.LEDGER, side, key, line.getCurrency(), line.getAmount());
    }

    private void readDiscrepancies(Side side, Reading reading) {
        reading.topic(
                TopicCatalogue.DISCREPANCIES,
                Discrepancy.class,
                read -> read.value()
                        .filter(each -> !before.isKey(read.key()) && !isOrderBefore(each))
                        .ifPresent(each -> readDiscrepancy(side, each, read.time())));
    }

    private void readDiscrepancy(Side side, Discrepancy discrepancy, Instant time) {
        var id = discrepancy.getDiscrepancyId();
        if (time.isAfter(until)) {
            sides.mark(Mark.DISCREPANCY_SINCE, id);
            return;
        }
        Descriptions.discrepancy(discrepancy)
                .ifPresentOrElse(
                        open -> sides.put(Kind.DISCREPANCY, side, id, open),
                        () -> sides.remove(Kind.DISCREPANCY, side, id));
    }

    private boolean isOrderBefore(Discrepancy discrepancy) {
        return discrepancy.getOrder() != null && before.isKey(discrepancy.getOrder());
    }

    /** The pipeline may be a little later than the rebuild: what it notifies of after the rebuild began is not missing in the rebuild. */
    private void readNotifications(Side side, Reading reading) {
        reading.topic(
                TopicCatalogue.NOTIFICATIONS,
                NotificationCommand.class,
                read -> read.value()
                        .filter(each ->
                                !each.getAt().isBefore(until.minus(NOTIFICATIONS_KEPT)) && !isEntitlementBefore(each))
                        .ifPresent(each -> {
                            var id = each.getNotificationId();
                            if (side == Side.FIRST && each.getAt().isAfter(until)) {
                                sides.mark(Mark.NOTIFICATION_SINCE, id);
                            }
                            sides.put(Kind.NOTIFICATION, side, id, Descriptions.notification(each));
                        }));
    }

    private boolean isEntitlementBefore(NotificationCommand command) {
        var key = new EntitlementKey(
                new SubjectId(command.getSubject()), command.getEntitlement(), Optional.ofNullable(command.getScope()));
        return sides.isMarked(Mark.ENTITLEMENT_BEFORE, key.toString());
    }

    private void readDeadLetters(Side side, Reading reading) {
        var prefix = reading.kafka().topics().prefix();
        reading.bytes(reading.kafka().topics().name(TopicCatalogue.DLQ), record -> {
            var time = Instant.ofEpochMilli(record.timestamp());
            if (!time.isBefore(start) && !time.isAfter(until)) {
                var header = new HeaderText(record.headers());
                sides.put(
                        Kind.DEAD_LETTER,
                        side,
                        DeadLetterIdentity.of(record, prefix),
                        Descriptions.deadLetter(
                                DeadLetterIdentity.topic(record, prefix),
                                header.text(Headers.DLQ_REASON, ""),
                                header.text(Headers.CE_SOURCE, "")));
            }
        });
    }
}
