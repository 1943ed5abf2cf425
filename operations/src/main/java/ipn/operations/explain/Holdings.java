package ipn.operations.explain;

import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.Entitlement;
import ipn.avro.EntitlementEvent;
import ipn.avro.WithheldRevocation;
import ipn.operations.explain.Explanation.Holding;
import ipn.operations.explain.evidence.EntitlementScope;
import ipn.operations.explain.evidence.Evidence;
import ipn.operations.explain.evidence.Question;
import ipn.operations.topic.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The status of each entitlement at a time, from its events, its state and its claims. */
record Holdings(Question question, Evidence evidence) {

    List<Holding> all() {
        return scopes().flatMap(scope -> holding(scope).stream()).toList();
    }

    /** A sentence for each entitlement whose status is unknown because the changes of that time no longer exist. */
    List<String> unknown() {
        return scopes().filter(scope ->
                        holding(scope).isEmpty() && !history(scope, true).isEmpty())
                .filter(scope -> history(scope, true).get(0).getRevision() > 1)
                .map(scope -> "%s: its status at %s is not known, because changes before %s no longer exist"
                        .formatted(
                                scope.entitlement(),
                                question.at(),
                                history(scope, true).get(0).getDecidedAt()))
                .toList();
    }

    private Stream<EntitlementScope> scopes() {
        var all = Stream.concat(
                        evidence.events().stream(), evidence.states().stream().map(Entitlement::getLast))
                .map(EntitlementScope::of);
        return all.distinct().filter(question::includes).sorted();
    }

    private Optional<Holding> holding(EntitlementScope scope) {
        var history = history(scope, false);
        var state = states().get(scope);
        var newest = Stream.concat(
                        history.stream(),
                        Stream.ofNullable(state).map(Entitlement::getLast).filter(this::isInTime))
                .max(Comparator.comparing(EntitlementEvent::getRevision));
        return newest.map(last -> {
            var claims = claims(scope);
            var decisive = decides(claims, last);
            return new Holding(
                    last,
                    withheld(state, last),
                    decisive.map(Claim::getClaimKey),
                    new PersonalDecision(question.subject(), evidence.decisions()).of(last, decisive.orElse(null)),
                    claims,
                    history,
                    history.isEmpty() || history.get(0).getRevision() > 1,
                    Optional.ofNullable(evidence.records().get(Position.of(last.getCause()))));
        });
    }

    private Map<EntitlementScope, Entitlement> states() {
        return evidence.states().stream()
                .collect(Collectors.toMap(
                        state -> EntitlementScope.of(state.getLast()), Function.identity(), (a, b) -> b, TreeMap::new));
    }

    /** @param later whether to include events after the time of the question */
    private List<EntitlementEvent> history(EntitlementScope scope, boolean later) {
        return evidence.events().stream()
                .filter(event -> EntitlementScope.of(event).equals(scope) && (later || isInTime(event)))
                .toList();
    }

    private boolean isInTime(EntitlementEvent event) {
        return !event.getDecidedAt().isAfter(question.at());
    }

    private Optional<WithheldRevocation> withheld(@Nullable Entitlement state, EntitlementEvent last) {
        return Optional.ofNullable(state)
                .filter(known -> known.getLast().getRevision() == last.getRevision())
                .map(Entitlement::getWithheld)
                .filter(held -> !held.getSince().isAfter(question.at()));
    }

    private List<Claim> claims(EntitlementScope scope) {
        var claims = new ArrayList<Claim>();
        evidence.claims()
                .orElse(List.of())
                .forEach(all -> all.getClaims().stream()
                        .filter(claim -> EntitlementScope.of(claim).equals(scope))
                        .forEach(claims::add));
        claims.sort(Comparator.comparing(Claim::getClaimKey));
        return List.copyOf(claims);
    }

    /**
     * The decision that ends access; else an event names the payment key that decides, and of several claims of that key, the one with the
     * same end does.
     */
    private static Optional<Claim> decides(List<Claim> claims, EntitlementEvent last) {
        var ending = PersonalDecision.ending(claims, last);
        return ending.isPresent() ? ending : paid(claims, last);
    }

    private static Optional<Claim> paid(List<Claim> claims, EntitlementEvent last) {
        return claims.stream()
                .filter(claim -> claim.getPaymentKey().equals(last.getPaymentKey()))
                .min(Comparator.comparing((Claim claim) -> !Objects.equals(claim.getUntil(), last.getUntil()))
                        .thenComparing(claim -> claim.getKind() == ClaimKind.SUBSCRIPTION)
                        .thenComparing(Claim::getClaimKey));
    }
}
