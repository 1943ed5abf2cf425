package ipn.projector.allocation;

import ipn.avro.DecisionKind;
import ipn.avro.MoneyDecision;
import ipn.avro.PaymentState;
import ipn.decision.DiscrepancyContent;
import ipn.decision.SeenMoney;
import ipn.key.ChargeKey;
import ipn.key.Sha256;
import ipn.key.SubjectId;
import ipn.projector.allocation.MatchResult.OpenDiscrepancy;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What people decided about the money of one payment key or order, and what counts now.
 *
 * @param byDiscrepancy the newest about each discrepancy, by the hash of its id
 * @param assigning those that assign, the newest first
 * @param otherNames the other name of money whose name changes once its payment key has a second invoice
 */
public record MoneyDecisions(
        Map<String, MoneyDecision> byDiscrepancy, List<MoneyDecision> assigning, Map<ChargeKey, ChargeKey> otherNames) {
    /** Nobody decided anything. */
    public static final MoneyDecisions NONE = new MoneyDecisions(Map.of(), List.of(), Map.of());

    private static final Comparator<MoneyDecision> NEWEST_FIRST = Comparator.comparing(MoneyDecision::getAt)
            .thenComparing(MoneyDecision::getDecisionId)
            .reversed();

    /**
     * @param stored of which no two are about the same discrepancy
     * @param payments whose money they are about
     */
    public static MoneyDecisions of(Collection<MoneyDecision> stored, Stream<PaymentState> payments) {
        if (stored.isEmpty()) {
            return NONE;
        }
        var byDiscrepancy = new HashMap<String, MoneyDecision>();
        stored.stream()
                .filter(each -> each.getKind() != DecisionKind.ASSIGN)
                .forEach(each -> byDiscrepancy.put(each.getDiscrepancy(), each));
        var assigning = stored.stream()
                .filter(each -> each.getKind() == DecisionKind.ASSIGN)
                .sorted(NEWEST_FIRST)
                .toList();
        var otherNames = new HashMap<ChargeKey, ChargeKey>();
        payments.forEach(payment -> otherNames.putAll(InvoiceView.otherName(payment)));
        return new MoneyDecisions(Map.copyOf(byDiscrepancy), assigning, Map.copyOf(otherNames));
    }

    /** Whether a person decided that money grants in spite of this. */
    public boolean accepts(Mismatch mismatch, References references) {
        return newest(mismatch, references)
                .filter(decision -> accepts(decision, mismatch))
                .isPresent();
    }

    /** The decision that closes a discrepancy though it holds; empty: it is open. */
    Optional<String> closing(OpenDiscrepancy found) {
        var mismatch = found.mismatch();
        return newest(mismatch, found.references())
                .filter(decision -> accepts(decision, mismatch) || dismisses(decision, mismatch))
                .map(MoneyDecision::getDecisionId);
    }

    private Optional<MoneyDecision> newest(Mismatch mismatch, References references) {
        return byDiscrepancy.isEmpty()
                ? Optional.empty()
                : Stream.concat(Stream.of(mismatch), otherName(mismatch).stream())
                        .map(named -> byDiscrepancy.get(Sha256.hex(
                                DiscrepancyChanges.id(named, references).toString())))
                        .filter(Objects::nonNull)
                        .min(NEWEST_FIRST);
    }

    private Optional<Mismatch> otherName(Mismatch mismatch) {
        return mismatch.charge()
                .flatMap(charge -> Optional.ofNullable(otherNames.get(charge.ofAllProducts()))
                        .map(other -> charge.product().map(other::ofProduct).orElse(other)))
                .map(mismatch::ofCharge);
    }

    /** What the person saw must still be so, or better: as much was expected, and no less came. */
    private static boolean accepts(MoneyDecision decision, Mismatch mismatch) {
        return decision.getKind() == DecisionKind.ACCEPT
                && mismatch.acceptable()
                && (isContent(decision, mismatch, mismatch.actual()) || isBetter(decision, mismatch));
    }

    private static boolean isBetter(MoneyDecision decision, Mismatch mismatch) {
        var seen = decision.getSeen();
        return seen != null
                && isContent(decision, mismatch, seen)
                && SeenMoney.isAsGood(mismatch.kind(), seen, mismatch.actual());
    }

    /** What the person saw must still be so. */
    private static boolean dismisses(MoneyDecision decision, Mismatch mismatch) {
        return decision.getKind() == DecisionKind.DISMISS && isContent(decision, mismatch, mismatch.actual());
    }

    private static boolean isContent(MoneyDecision decision, Mismatch mismatch, String actual) {
        return DiscrepancyContent.hash(
                        decision.getKind(),
                        mismatch.expected(),
                        actual,
                        mismatch.captured().orElse(null))
                .equals(decision.getContent());
    }

    /** Whom and what money is for: a subject and a scope that a person assigned come first. */
    References assigned(References named) {
        return assigning.isEmpty()
                ? named
                : new References(
                        named.order(),
                        newest(MoneyDecision::getSubject).map(SubjectId::new).or(named::subject),
                        named.product(),
                        newest(MoneyDecision::getScope).or(named::reference));
    }

    /** The same without the subject, which an order names. */
    public References assignedScope(References named) {
        return new References(
                named.order(),
                named.subject(),
                named.product(),
                newest(MoneyDecision::getScope).or(named::reference));
    }

    /** The product that a person assigned: it counts only where none is named that is known. */
    public Optional<String> product() {
        return newest(MoneyDecision::getProduct);
    }

    private Optional<String> newest(Function<MoneyDecision, String> field) {
        return assigning.stream().map(field).filter(Objects::nonNull).findFirst();
    }
}
