package ipn.app.command.decide;

import ipn.avro.Decision;
import ipn.avro.DecisionKind;
import ipn.avro.Discrepancy;
import ipn.operations.decision.DiscrepancyDecisions.Details;
import ipn.settings.Settings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What money would give if a person accepted or assigned it, by the products of the settings: a line of the preview. */
record ExpectedAccess(Settings settings) {

    /** Empty where nothing would be given. */
    Optional<String> line(Details details, Decision.Builder draft) {
        if (draft.getKind() != DecisionKind.ACCEPT && draft.getKind() != DecisionKind.ASSIGN) {
            return Optional.empty();
        }
        var discrepancy = details.discrepancy();
        var subject = first(draft.getSubject(), discrepancy.getSubject()).or(details::namedSubject);
        var product = first(draft.getProduct(), discrepancy.getProduct());
        if (subject.isEmpty() || product.isEmpty()) {
            return Optional.of("gives: not known before (%s); see the access that is printed after the decision"
                    .formatted(subject.isEmpty() ? "no user is named" : "no product is known"));
        }
        return Optional.of(condition(draft, discrepancy) + gives(subject.get(), product.get(), draft.getScope()));
    }

    private static String condition(Decision.Builder draft, Discrepancy discrepancy) {
        if (draft.getKind() == DecisionKind.ASSIGN) {
            return "if the price matches, ";
        }
        return switch (discrepancy.getKind()) {
            case UNKNOWN_ORDER -> "if amount and product match the catalogue, ";
            default -> "";
        };
    }

    private String gives(String subject, String name, @Nullable String scope) {
        var products = settings.in("products");
        if (!products.names().contains(name)) {
            return "nothing is given: product %s is not in the settings of this command".formatted(name);
        }
        var product = products.in(name);
        var limited = product.has("scope");
        var interval = product.text("kind", "").equals("subscription") ? product.text("interval", "its interval") : "";
        return "%s gets: %s%s (product %s), %s"
                .formatted(
                        subject,
                        product.text("entitlement", name),
                        limited ? " for " + (scope == null ? "what the payment or order names" : scope) : "",
                        name,
                        interval.isEmpty()
                                ? "from the payment on, without an end"
                                : "for %s from the payment on, or the period that the gateway reports"
                                        .formatted(interval));
    }

    private static Optional<String> first(@Nullable String decided, @Nullable String known) {
        return Optional.ofNullable(decided).or(() -> Optional.ofNullable(known));
    }
}
