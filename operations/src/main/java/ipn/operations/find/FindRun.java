package ipn.operations.find;

import ipn.avro.Discrepancy;
import ipn.avro.Order;
import ipn.avro.PaymentState;
import ipn.decision.ApprovalPolicy;
import ipn.decision.Decisions;
import ipn.operations.deadletter.DeadLetters;
import ipn.operations.deadletter.Mentions;
import ipn.operations.decision.DecisionQuery;
import ipn.operations.decision.DecisionView;
import ipn.operations.explain.evidence.Sources;
import ipn.operations.find.Hit.Kind;
import ipn.operations.query.DiscrepancyQuery;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One search. Orders are read before payments, so that a payment is found by the user of its order. */
final class FindRun {
    private final Sources sources;
    private final SearchLookups lookups;
    private final ApprovalPolicy approval;
    private final Criteria criteria;
    private final int limit;
    private final Instant now;
    private final Newest<String> notified;
    private final Newest<Hit> orders;
    private final Newest<PaymentHit> payments;

    FindRun(Sources sources, ApprovalPolicy approval, Criteria criteria, int limit, Instant now) {
        this.sources = sources;
        this.lookups = new SearchLookups(sources.source(), criteria);
        this.approval = approval;
        this.criteria = criteria;
        this.limit = limit;
        this.now = now;
        this.notified = new Newest<>(limit);
        this.orders = new Newest<>(limit);
        this.payments = new Newest<>(limit);
    }

    /** @param names where its user is, if it names none itself */
    private record PaymentHit(Hit hit, Owners.Names names) {}

    Found run(boolean bodies) {
        if (bodies) {
            new RawSearch(sources, criteria).run(notified);
        }
        readOrders();
        readPayments();
        var found = withUsers();
        var letters = letters(found);
        var decisions = decisions();
        var hits = Stream.of(
                        withDiscrepancies(Stream.concat(found.stream(), orders.values().stream())
                                .toList()),
                        unknownNotifications(),
                        letters.letters().stream().map(Hits::of).toList(),
                        decisions.values())
                .flatMap(Collection::stream)
                .toList();
        var more = Stream.of(notified.more(), orders.more(), payments.more(), letters.more(), decisions.more())
                .anyMatch(each -> each);
        return new Found(hits, more);
    }

    private void readOrders() {
        sources.find(
                lookups.orders(),
                Order.class,
                key -> true,
                (record, key, order) -> orders.put(
                        key,
                        order == null ? Instant.EPOCH : order.getCreatedAt(),
                        Optional.ofNullable(order)
                                .flatMap(each -> criteria.match(each).map(by -> Hits.of(each, by)))));
    }

    private void readPayments() {
        sources.find(
                lookups.payments(orders.ids(), notified.ids()),
                PaymentState.class,
                key -> true,
                (record, key, state) -> {
                    var hit = Optional.ofNullable(state)
                            .flatMap(each -> match(each).map(by -> Hits.of(each, by)));
                    payments.put(
                            key,
                            hit.map(Hit::time).orElse(Instant.EPOCH),
                            hit.map(each -> new PaymentHit(each, Owners.Names.of(Objects.requireNonNull(state)))));
                });
    }

    private Optional<String> match(PaymentState state) {
        var own = criteria.match(state);
        if (own.isPresent() || criteria.text().isEmpty() || !criteria.fitsWithoutText(state)) {
            return own;
        }
        var order = state.getReferences().get("order");
        return notified.get(state.getPaymentKey())
                .map(event -> "body of event " + event)
                .or(() -> Optional.ofNullable(order).filter(orders::contains).map(id -> "order " + id));
    }

    private List<Hit> withUsers() {
        var owners = Owners.read(
                sources,
                payments.values().stream()
                        .filter(each -> each.hit().user().isEmpty())
                        .map(PaymentHit::names)
                        .toList());
        return payments.values().stream()
                .map(each -> each.hit().ofUser(owners.userOf(each.names())))
                .toList();
    }

    /** Notifications whose payment key is no payment that was found: no state exists, or it is of another time or amount. */
    private List<Hit> unknownNotifications() {
        return notified.ids().stream()
                .filter(key -> !payments.contains(key))
                .map(key -> new Hit(
                        Kind.NOTIFICATION,
                        key,
                        "",
                        Optional.empty(),
                        List.of(),
                        "",
                        null,
                        "body of event " + notified.get(key).orElse(""),
                        List.of()))
                .toList();
    }

    /** Reads the discrepancies once, for all of the hits. */
    private List<Hit> withDiscrepancies(List<Hit> hits) {
        var ids = hits.stream().map(Hit::id).collect(Collectors.toSet());
        if (ids.isEmpty()) {
            return hits;
        }
        var query = new DiscrepancyQuery(sources.source());
        var lookup = query.all().any(DiscrepancyQuery.PAYMENT, ids).any(DiscrepancyQuery.ORDER, ids);
        var open = query.openAt(sources.reader(), lookup, each -> isAbout(each, ids), Instant.MAX, sources.progress());
        return hits.stream()
                .map(hit -> hit.withDiscrepancies(open.stream()
                        .filter(each -> isAbout(each, Set.of(hit.id())))
                        .map(Discrepancy::getDiscrepancyId)
                        .toList()))
                .toList();
    }

    private static boolean isAbout(Discrepancy discrepancy, Set<String> ids) {
        return ids.contains(discrepancy.getPaymentKey())
                || (discrepancy.getOrder() != null && ids.contains(discrepancy.getOrder()));
    }

    private DeadLetters.Page letters(List<Hit> found) {
        if (criteria.text().isEmpty()) {
            return new DeadLetters.Page(List.of(), false);
        }
        var keys = found.stream().map(Hit::id).collect(Collectors.toSet());
        return new DeadLetters(sources.source())
                .newest(
                        sources.reader(),
                        new Mentions(keys, criteria.id().stream().toList()),
                        letter -> criteria.isOfAccount(letter.account() + "/")
                                && criteria.isInTime(letter.lastFailedAt()),
                        limit,
                        sources.progress());
    }

    private Newest<Hit> decisions() {
        var found = new Newest<Hit>(limit);
        if (criteria.text().isPresent() && criteria.money().isEmpty()) {
            new DecisionQuery(sources.source(), approval)
                    .matching(sources.reader(), lookups.decisions(), sources.progress()).stream()
                            .collect(Collectors.groupingBy(each -> each.getAbout()))
                            .values()
                            .forEach(about -> DecisionView.all(new Decisions(about, approval), now)
                                    .forEach(view -> found.put(
                                            view.decision().getDecisionId(),
                                            view.decision().getAt(),
                                            criteria.match(view.decision()).map(by -> Hits.of(view, by)))));
        }
        return found;
    }
}
