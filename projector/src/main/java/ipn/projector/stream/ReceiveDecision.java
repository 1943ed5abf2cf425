package ipn.projector.stream;

import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.Decision;
import ipn.avro.DecisionTarget;
import ipn.avro.StoredDecision;
import ipn.decision.ApprovalPolicy;
import ipn.decision.DecisionRules;
import ipn.decision.DecisionRules.Violation;
import ipn.decision.Decisions;
import ipn.projector.allocation.ClaimChanges;
import ipn.projector.deadletter.DeadLetter;
import ipn.projector.deadletter.RulesFailedException;
import ipn.projector.decision.NewestDecisions;
import ipn.projector.decision.PersonalDecisions;
import ipn.topics.ByteLimits;
import ipn.topics.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Receives what people decide, keeps all of it, and passes on what counts: when a decision arrives, and when one ends. A record that is no
 * decision, breaks a rule, or is one too many becomes a dead letter and affects no other.
 */
public final class ReceiveDecision extends ContextualProcessor<byte @Nullable [], byte @Nullable [], Object, Object> {
    public static final String TO_PAYMENTS = "allocate-payment-decision";
    public static final String TO_ORDERS = "match-order-decision";
    public static final String TO_ALL_PAYMENTS = "allocate-payments-again";
    public static final String TO_ALL_ORDERS = "match-orders-again";

    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int DUE_PER_TICK_MAX = 100;

    private final RecordReader<Decision> reader;
    private final ApprovalPolicy approval;
    private final ProjectorMeters meters;
    private final Clock clock;
    private @Nullable DecisionStore store;
    private @Nullable ClockWork clockWork;

    /**
     * @param approval which decisions need approval
     * @param clock decides when a decision ends
     */
    public ReceiveDecision(
            Deserializer<Decision> values, ApprovalPolicy approval, ProjectorMeters meters, Clock clock) {
        this.approval = approval;
        this.reader = new RecordReader<>(values, ByteLimits.LARGEST_RECORD);
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        super.init(context);
        store = new DecisionStore(context);
        clockWork = new ClockWork(meters, context.taskId().partition());
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, at -> tick());
    }

    @Override
    public void process(Record<byte @Nullable [], byte @Nullable []> record) {
        var read = read(record);
        if (read.isEmpty()) {
            return;
        }
        var decision = read.get();
        var known = store().about(decision.getAbout());
        var refusal = decisions(known).refusal(decision);
        if (refusal.isPresent()) {
            reject(record, refusal.get());
            return;
        }
        // one that is known is passed on again: it is read again after a rule has failed on what it is about
        var before = known.stream()
                .filter(each -> each.getDecision().equals(decision))
                .findFirst();
        var added = before.orElseGet(() -> new StoredDecision(
                decision, RecordReader.position(context()), approval.requires(decision.getKind(), decision.getAt())));
        var all = before.isPresent()
                ? known
                : Stream.concat(known.stream(), Stream.of(added)).toList();
        var now = now();
        var passed = RulesFailedException.guard(
                () -> passOn(all, decisions(known).effective(now), PersonalDecisions.cause(added, false), now));
        if (before.isEmpty()) {
            store().put(added, decisions(known).nextCheck(now), decisions(all).nextCheck(now));
            meters.decided(decision.getKind());
        }
        passed.emit(decision.getAbout(), record.timestamp());
    }

    /** The decision of a record; one that is none, or breaks a rule, is rejected. */
    private Optional<Decision> read(Record<byte @Nullable [], byte @Nullable []> record) {
        var key = RecordReader.key(record.key());
        if (key.isEmpty()) {
            reject(record, new Violation(Reason.INVALID_ID, "record key: not UTF-8 text (expected: what it is about)"));
            return Optional.empty();
        }
        var read = reader.value(RecordReader.position(context()).getTopic(), record);
        if (read.isEmpty()) {
            reject(record, new Violation(Reason.MALFORMED, "value: no decision in Avro (expected: schema Decision)"));
            return Optional.empty();
        }
        var violation = DecisionRules.violation(key.get(), read.get())
                .or(() -> DecisionRules.tooLate(read.get(), Instant.ofEpochMilli(record.timestamp())));
        violation.ifPresent(it -> reject(record, it));
        return violation.isPresent() ? Optional.empty() : read;
    }

    /** Decisions that have ended. Work left over waits for the next tick. */
    private void tick() {
        var now = now();
        for (var about : store().due(now, DUE_PER_TICK_MAX)) {
            var all = store().about(about);
            var passed = work().compute(
                            () -> passOn(
                                    all,
                                    decisions(all).everEffective(),
                                    PersonalDecisions.cause(lastEnded(all, now), true),
                                    now),
                            now);
            var emitted = passed.isPresent() && emit(passed.get(), about, now);
            store().dueAgain(
                            about,
                            emitted ? decisions(all).nextCheck(now) : Optional.of(now.plus(ClockWork.RETRY_AFTER)));
        }
    }

    /**
     * If a rule fails on what the decisions are about, all is passed on again later: that changes only what has not been changed before.
     *
     * @return false: a rule failed
     */
    private boolean emit(Passed passed, String about, Instant now) {
        try {
            passed.emit(about, now.toEpochMilli());
            return true;
        } catch (RuntimeException e) {
            work().failed(RulesFailedException.in(e).orElseThrow(() -> e), now);
            return false;
        }
    }

    private ClockWork work() {
        return Objects.requireNonNull(clockWork);
    }

    private static StoredDecision lastEnded(List<StoredDecision> all, Instant now) {
        return all.stream()
                .filter(each -> each.getDecision().getUntil() != null
                        && !now.isBefore(each.getDecision().getUntil()))
                .max(Comparator.comparing(
                                (StoredDecision each) -> each.getDecision().getUntil())
                        .thenComparing(each -> each.getDecision().getDecisionId()))
                .orElseThrow();
    }

    /** @param before decisions that counted before */
    private Passed passOn(List<StoredDecision> all, List<Decision> before, Cause cause, Instant now) {
        var effective = decisions(all).effective(now);
        var claims = ClaimChanges.between(
                PersonalDecisions.claims(all, before), PersonalDecisions.claims(all, effective), "", earlier -> cause);
        return new Passed(
                new DecidedMoney(NewestDecisions.of(effective, DecisionTarget.PAYMENT), cause),
                new DecidedMoney(NewestDecisions.of(effective, DecisionTarget.ORDER), cause),
                claims,
                all.stream().anyMatch(each -> each.getDecision().getTarget() == DecisionTarget.CATALOGUE)
                        ? Optional.of(DecidedCatalogues.of(effective, cause))
                        : Optional.empty());
    }

    /** What counts of the decisions about one thing. */
    private final class Passed {
        private final DecidedMoney payment;
        private final DecidedMoney order;
        private final List<Claim> claims;
        private final Optional<DecidedCatalogues> catalogues;

        Passed(DecidedMoney payment, DecidedMoney order, List<Claim> claims, Optional<DecidedCatalogues> catalogues) {
            this.payment = payment;
            this.order = order;
            this.claims = claims;
            this.catalogues = catalogues;
        }

        void emit(String about, long timestamp) {
            context().forward(new Record<>(about, payment, timestamp, new RecordHeaders()), TO_PAYMENTS);
            context().forward(new Record<>(about, order, timestamp, new RecordHeaders()), TO_ORDERS);
            claims.forEach(claim -> context()
                    .forward(
                            new Record<>(claim.getSubject(), claim, timestamp, new RecordHeaders()),
                            AllocatePayment.TO_CLAIMS));
            catalogues.ifPresent(applied -> {
                context().forward(new Record<>(about, applied, timestamp, new RecordHeaders()), TO_ALL_PAYMENTS);
                context().forward(new Record<>(about, applied, timestamp, new RecordHeaders()), TO_ALL_ORDERS);
            });
        }
    }

    private static Decisions decisions(List<StoredDecision> stored) {
        return new Decisions(
                stored.stream().map(StoredDecision::getDecision).toList(),
                stored.stream()
                        .filter(StoredDecision::getNeedsApproval)
                        .map(each -> each.getDecision().getDecisionId())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    private DecisionStore store() {
        return Objects.requireNonNull(store);
    }

    private void reject(Record<byte @Nullable [], byte @Nullable []> record, Violation violation) {
        context()
                .forward(
                        DeadLetter.reject(
                                RecordReader.position(context()),
                                record,
                                violation.reason(),
                                violation.detail(),
                                "decision"),
                        ReadOrder.TO_DEAD_LETTERS);
        meters.deadLetters().count(violation.reason());
    }
}
