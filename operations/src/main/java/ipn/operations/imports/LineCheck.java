package ipn.operations.imports;

import ipn.fact.Fact.ReferenceName;
import ipn.imported.ImportedSubscription;
import ipn.operations.imports.LineProblem.Kind;
import ipn.operations.imports.SubscriptionExport.Catalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an imported subscription will grant, and why it will not. */
record LineCheck(ImportedSubscription subscription, Catalogue catalogue) {
    /** A product that cannot be named. */
    static final String UNKNOWN = "(unknown)";

    List<LineProblem> problems() {
        var problems = new ArrayList<LineProblem>();
        var line = subscription.source().line();
        if (subject().isEmpty()) {
            problems.add(new LineProblem(line, Kind.NO_SUBJECT, "no user (expected: a reference to the subject)"));
        }
        unknown().ifPresent(name -> problems.add(new LineProblem(line, Kind.UNKNOWN_PRODUCT, name)));
        return problems;
    }

    /** The first name that the catalogue does not have, if it has no product for the item. */
    private Optional<String> unknown() {
        var items = subscription.terms().items();
        if (items.isEmpty()) {
            return product(List.of()).isPresent() ? Optional.empty() : Optional.of(word().orElse("no product"));
        }
        return items.stream()
                .filter(item -> product(item.skus()).isEmpty())
                .map(item -> item.skus().stream().findFirst().or(this::word).orElse("no product"))
                .findFirst();
    }

    /** Products of its items. */
    List<String> products() {
        var items = subscription.terms().items();
        return items.isEmpty()
                ? List.of(product(List.of()).orElse(UNKNOWN))
                : items.stream()
                        .map(item -> product(item.skus()).orElse(UNKNOWN))
                        .distinct()
                        .toList();
    }

    /** Whether it will give access now: what is paid for, or a trial, has not ended. A grace period comes on top. */
    boolean grants() {
        var terms = subscription.terms();
        var until = terms.paid().map(ImportedSubscription.Period::until).or(terms::trialEnd);
        return problems().isEmpty()
                && until.filter(subscription.asOf()::isBefore).isPresent();
    }

    private Optional<String> product(List<String> skus) {
        return catalogue.product(word(), skus);
    }

    private Optional<String> word() {
        return Optional.ofNullable(subscription.terms().references().get(ReferenceName.PRODUCT));
    }

    private Optional<String> subject() {
        return Optional.ofNullable(subscription.terms().references().get(ReferenceName.SUBJECT));
    }
}
