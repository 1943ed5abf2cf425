package ipn.operations.decision;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.Decision;
import ipn.avro.DecisionKind;
import ipn.avro.DecisionTarget;
import ipn.avro.EntitlementClaims;
import ipn.avro.EntitlementEvent;
import ipn.decision.ApprovalPolicy;
import ipn.decision.DecisionLimits;
import ipn.decision.DecisionRules;
import ipn.decision.Persons;
import ipn.decision.PurchaseName;
import ipn.key.EntitlementKey;
import ipn.operations.Operator;
import ipn.operations.query.EntitlementQuery;
import ipn.operations.topic.AvroValues;
import ipn.operations.topic.NewestRecords;
import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.serde.AvroSerdes;
import ipn.topics.KafkaSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What people decide about the access of a subject: granted, extended, revoked or transferred; and undo and approval of any decision. */
public final class AccessDecisions {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration DAY = Duration.ofHours(24);
    private static final Set<ClaimKind> NO_PURCHASE = EnumSet.of(ClaimKind.REVOKED, ClaimKind.TRANSFER);

    private final KafkaSettings kafka;
    private final AvroSerdes serdes;
    private final String projector;
    private final ApprovalPolicy approval;
    private final Clock clock;

    /**
     * @param projector application id of the projector
     * @param approval which decisions need approval
     */
    public AccessDecisions(
            KafkaSettings kafka, AvroSerdes serdes, String projector, ApprovalPolicy approval, Clock clock) {
        this.kafka = kafka;
        this.serdes = serdes;
        this.projector = projector;
        this.approval = approval;
        this.clock = clock;
    }

    /**
     * What a decision led to.
     *
     * @param processed false: the projector has not processed it yet; it will when it runs
     * @param before what the subject could use before
     * @param after what the subject may use now
     * @param receiverBefore of a transfer: what the user who gets the purchases could use before
     * @param receiverAfter of a transfer: what that user may use now
     */
    public record Result(
            Decision decision,
            boolean processed,
            List<EntitlementEvent> before,
            List<EntitlementEvent> after,
            List<EntitlementEvent> receiverBefore,
            List<EntitlementEvent> receiverAfter) {}

    /**
     * Purchases that a transfer can name.
     *
     * @param purchases payment keys of subscriptions, and payment keys with the invoice of what has none
     * @param transferred whether the subject has purchases that were transferred to it, which cannot go on
     */
    public record Purchases(List<String> purchases, boolean transferred) {}

    /** A decision about a subject, with the fields that all kinds have. */
    public Decision.Builder draft(DecisionKind kind, String subject, String entitlement, Operator who) {
        var now = clock.instant();
        return DecisionWriter.draft(kind, DecisionTarget.SUBJECT, subject, who, now)
                .setNeedsApproval(approval.requires(kind, now))
                .setEntitlement(entitlement);
    }

    /** What a subject may use now, ended entitlements included. */
    public List<EntitlementEvent> access(String subject) {
        return new EntitlementQuery(kafka, serdes).find(subject, 0).current();
    }

    /** The newest event of one entitlement. */
    public Optional<EntitlementEvent> access(EntitlementKey key) {
        return access(key.subject().value()).stream()
                .filter(event -> EntitlementKey.of(event).equals(key))
                .findFirst();
    }

    /** The purchases behind an entitlement. */
    public Purchases purchases(EntitlementKey key) {
        return purchases(claims(key));
    }

    /** The subscriptions behind an entitlement. */
    public List<SubscriptionSummary> subscriptions(EntitlementKey key) {
        return SubscriptionSummary.of(claims(key));
    }

    /** All claims to an entitlement, from the changelog of the projector. */
    private List<Claim> claims(EntitlementKey key) {
        var topic = projector + "-entitlement-claims-changelog";
        var newest = new NewestRecords(key.toString().getBytes(UTF_8), 1);
        try (var reader = TopicReader.open(kafka);
                var values = serdes.deserializer(EntitlementClaims.class)) {
            var partition = reader.partitionOf(topic, key.subject().value().getBytes(UTF_8));
            reader.read(reader.all(List.of(partition)), "reading " + topic, Progress.SILENT, newest);
            return newest.records().stream()
                    .findFirst()
                    .flatMap(record -> AvroValues.read(record, values))
                    .map(EntitlementClaims::getClaims)
                    .orElse(List.of());
        }
    }

    private static Purchases purchases(List<Claim> claims) {
        var gone = claims.stream()
                .filter(claim -> claim.getKind() == ClaimKind.TRANSFER)
                .flatMap(transfer -> transfer.getPurchases().stream())
                .toList();
        var own = claims.stream()
                .filter(claim -> !NO_PURCHASE.contains(claim.getKind()) && claim.getTransferredFrom() == null)
                .map(PurchaseName::of)
                .distinct()
                .filter(purchase -> !gone.contains(purchase))
                .sorted()
                .toList();
        return new Purchases(own, claims.stream().anyMatch(claim -> claim.getTransferredFrom() != null));
    }

    /**
     * Writes a decision, if the person has not decided too much today, and waits until the projector has processed it.
     *
     * @throws TooManyDecisionsException if the person has; nothing is written
     */
    public Result write(Decision decision, DecisionLimits limits, Operator who, Progress progress) {
        var subject = decision.getTarget() == DecisionTarget.SUBJECT ? decision.getAbout() : "";
        var receiver = Objects.requireNonNullElse(decision.getToSubject(), "");
        var before = accessOrNothing(subject);
        var receiverBefore = accessOrNothing(receiver);
        boolean processed;
        try (var writer = DecisionWriter.open(kafka, serdes, who)) {
            new DecisionQuery(kafka, serdes, approval).requireRoom(decision);
            requireWithinLimits(decision, limits, who, progress);
            processed = ProjectorWatch.await(kafka, projector, writer.write(decision), TIMEOUT);
        }
        return new Result(
                decision, processed, before, accessOrNothing(subject), receiverBefore, accessOrNothing(receiver));
    }

    private List<EntitlementEvent> accessOrNothing(String subject) {
        return subject.isEmpty() ? List.of() : access(subject);
    }

    /**
     * To be called while the writer of the person is open: nobody else writes in their name meanwhile. A record is at most so much older than
     * its decision as clocks may differ, so older records are not read.
     */
    private void requireWithinLimits(Decision decision, DecisionLimits limits, Operator who, Progress progress) {
        if (!DecisionLimits.PERSONAL.contains(decision.getKind())) {
            return;
        }
        var since = clock.instant().minus(DAY);
        var today = new DecisionQuery(kafka, serdes, approval)
                .since(since.minus(DecisionRules.CLOCKS_DIFFER_MAX), progress).stream()
                        .filter(each -> DecisionLimits.PERSONAL.contains(each.getKind()))
                        .filter(each -> Persons.of(each).equals(who.person())
                                && each.getAt().isAfter(since))
                        .count();
        if (today >= limits.perDay()) {
            throw new TooManyDecisionsException(who.person(), today, limits.perDay());
        }
    }
}
