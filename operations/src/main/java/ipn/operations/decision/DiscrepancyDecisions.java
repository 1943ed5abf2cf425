package ipn.operations.decision;

import ipn.avro.Decision;
import ipn.avro.DecisionKind;
import ipn.avro.DecisionTarget;
import ipn.avro.Discrepancy;
import ipn.avro.EntitlementEvent;
import ipn.avro.PaymentState;
import ipn.decision.ApprovalPolicy;
import ipn.decision.DiscrepancyContent;
import ipn.decision.DiscrepancyOptions;
import ipn.operations.Operator;
import ipn.operations.query.DiscrepancyQuery;
import ipn.operations.query.EntitlementQuery;
import ipn.operations.query.PaymentQuery;
import ipn.operations.topic.Progress;
import ipn.serde.AvroSerdes;
import ipn.topics.KafkaSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What people decide about discrepancies: shows one with all that was decided, and writes decisions about it. */
public final class DiscrepancyDecisions {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final KafkaSettings kafka;
    private final AvroSerdes serdes;
    private final String projector;
    private final ApprovalPolicy approval;
    private final Clock clock;

    /**
     * @param projector application id of the projector
     * @param approval which decisions need approval
     */
    public DiscrepancyDecisions(
            KafkaSettings kafka, AvroSerdes serdes, String projector, ApprovalPolicy approval, Clock clock) {
        this.kafka = kafka;
        this.serdes = serdes;
        this.projector = projector;
        this.approval = approval;
        this.clock = clock;
    }

    /**
     * A discrepancy and what was decided about its payment or order.
     *
     * @param options what can be decided about it
     * @param money what its payment took
     * @param namedSubject the subject that its payment names, whether or not that counts
     * @param decisions all about the same payment key or order, undos included, earliest first
     * @param access what its subject may use now; empty where no subject is known
     */
    public record Details(
            Discrepancy discrepancy,
            DiscrepancyOptions options,
            List<Money> money,
            Optional<String> namedSubject,
            List<DecisionView> decisions,
            List<EntitlementEvent> access) {}

    /**
     * What a decision led to.
     *
     * @param processed false: the projector has not processed it yet; it will when it runs
     * @param before the discrepancy before the decision
     * @param after the discrepancy after it
     * @param accessBefore what the subject could use before
     * @param accessAfter what the subject may use now
     */
    public record Result(
            Decision decision,
            boolean processed,
            Discrepancy before,
            Discrepancy after,
            List<EntitlementEvent> accessBefore,
            List<EntitlementEvent> accessAfter) {}

    /** One discrepancy. Reads the topic of discrepancies. */
    public Optional<Details> find(String discrepancyId, Progress progress) {
        return newest(discrepancyId, progress).map(this::details);
    }

    private Details details(Discrepancy found) {
        var key = found.getPaymentKey();
        var payment = key.isEmpty() ? Optional.<PaymentState>empty() : new PaymentQuery(kafka, serdes).state(key);
        return new Details(
                found,
                DiscrepancyOptions.of(found),
                payment.map(PaymentAmounts::of).orElse(List.of()),
                payment.flatMap(
                        state -> Optional.ofNullable(state.getReferences().get("subject"))),
                DecisionView.all(new DecisionQuery(kafka, serdes, approval).about(about(found)), clock.instant()),
                access(found.getSubject()));
    }

    /** A decision about a discrepancy, with the fields that all kinds have. */
    public Decision.Builder draft(DecisionKind kind, Discrepancy discrepancy, Operator who) {
        var now = clock.instant();
        var draft = DecisionWriter.draft(kind, target(discrepancy), about(discrepancy), who, now)
                .setNeedsApproval(approval.requires(kind, now));
        return kind == DecisionKind.ASSIGN ? draft : DiscrepancyContent.addTo(draft, discrepancy);
    }

    /** Writes a decision, and waits until the projector has processed it. */
    public Result write(Decision decision, Discrepancy discrepancy, Operator who, Progress progress) {
        var subject = Optional.ofNullable(decision.getSubject()).orElse(discrepancy.getSubject());
        var accessBefore = access(subject);
        var before = newest(discrepancy.getDiscrepancyId(), progress).orElse(discrepancy);
        boolean processed;
        try (var writer = DecisionWriter.open(kafka, serdes, who)) {
            new DecisionQuery(kafka, serdes, approval).requireRoom(decision);
            var position = writer.write(decision);
            processed = ProjectorWatch.await(kafka, projector, position, TIMEOUT);
        }
        var after = newest(discrepancy.getDiscrepancyId(), progress).orElse(discrepancy);
        return new Result(decision, processed, before, after, accessBefore, access(subject));
    }

    /** The newest discrepancy that a decision is about; one that assigns is about all of its payment or order. */
    public Optional<Discrepancy> discrepancyOf(Decision decision, Progress progress) {
        return new DiscrepancyQuery(kafka, serdes)
                .newest(each -> about(each).equals(decision.getAbout()), progress).stream()
                        .filter(each -> decision.getDiscrepancy() == null
                                || decision.getDiscrepancy().equals(each.getDiscrepancyId()))
                        .findFirst();
    }

    private Optional<Discrepancy> newest(String discrepancyId, Progress progress) {
        return new DiscrepancyQuery(kafka, serdes)
                .newest(each -> each.getDiscrepancyId().equals(discrepancyId), progress).stream()
                        .findFirst();
    }

    private List<EntitlementEvent> access(@Nullable String subject) {
        return subject == null
                ? List.of()
                : new EntitlementQuery(kafka, serdes).find(subject, 0).current();
    }

    /** The key that emitted it: the order that it names, else its payment key. */
    static String about(Discrepancy discrepancy) {
        var order = discrepancy.getOrder();
        return order == null ? discrepancy.getPaymentKey() : order;
    }

    private static DecisionTarget target(Discrepancy discrepancy) {
        return discrepancy.getOrder() == null ? DecisionTarget.PAYMENT : DecisionTarget.ORDER;
    }
}
