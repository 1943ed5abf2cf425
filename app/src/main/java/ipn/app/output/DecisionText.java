package ipn.app.output;

import ipn.avro.Decision;
import ipn.avro.NameSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A decision in words. */
public final class DecisionText {
    private DecisionText() {}

    /** What was decided, without who and why. */
    public static String what(Decision decision) {
        var parts = new ArrayList<String>();
        add(parts, "decision", decision.getOf());
        add(parts, "discrepancy", decision.getDiscrepancy());
        add(parts, "subject", decision.getSubject());
        add(parts, "entitlement", decision.getEntitlement());
        add(parts, "product", decision.getProduct());
        add(parts, "scope", decision.getScope());
        add(parts, "from", decision.getFrom());
        add(parts, "until", decision.getUntil());
        add(parts, "to", decision.getToSubject());
        add(parts, "which", decision.getWhich());
        add(parts, "version", decision.getPolicyVersion());
        if (!decision.getPurchases().isEmpty()) {
            parts.add("purchases " + String.join(" ", decision.getPurchases()));
        }
        if (decision.getNeedsApproval()) {
            parts.add("needs approval");
        }
        return String.join(", ", parts);
    }

    /** Who decided, and how that is known. */
    public static String who(Decision decision) {
        var principal = decision.getAuthenticated() ? null : decision.getPrincipal();
        return "%s (%s%s)"
                .formatted(
                        decision.getBy(),
                        switch (Objects.requireNonNullElse(decision.getSource(), NameSource.UNKNOWN)) {
                            case SASL -> "authenticated by SASL";
                            case TLS -> "authenticated by TLS";
                            case SYSTEM_USER -> "user of the operating system";
                            case CLAIMED -> "claimed";
                            case UNKNOWN -> "not known how";
                        },
                        principal == null ? "" : ", principal " + principal);
    }

    /** What a person did about a discrepancy, in one clause: {@code dismissed by ada (claimed) at ...: why (decision ...)}. */
    public static String past(Decision decision) {
        return "%s by %s at %s: %s (decision %s)"
                .formatted(
                        switch (decision.getKind()) {
                            case ACCEPT -> "accepted";
                            case DISMISS -> "dismissed";
                            case ASSIGN -> "assigned to " + what(decision);
                            default -> decision.getKind().name();
                        },
                        who(decision),
                        decision.getAt(),
                        decision.getWhy(),
                        decision.getDecisionId());
    }

    /** With who, when and why, in one line. */
    public static String line(Decision decision) {
        return "%s by %s at %s: %s (%s)"
                .formatted(decision.getKind(), who(decision), decision.getAt(), what(decision), decision.getWhy());
    }

    private static void add(List<String> parts, String name, @Nullable Object value) {
        if (value != null) {
            parts.add(name + " " + value);
        }
    }
}
