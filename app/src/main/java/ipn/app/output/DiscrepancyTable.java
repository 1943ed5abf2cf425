package ipn.app.output;

import ipn.avro.Discrepancy;
import ipn.avro.EntitlementEvent;
import ipn.operations.decision.DecisionView;
import ipn.operations.decision.DiscrepancyDecisions.Details;
import ipn.operations.decision.DiscrepancyList;
import ipn.operations.decision.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Discrepancies, and what was decided about them, as tables. */
public final class DiscrepancyTable {
    private DiscrepancyTable() {}

    public static Table of(DiscrepancyList list) {
        var table = new Table("id", "kind", "state", "age", "money", "user", "expected", "actual", "decision");
        list.listed().forEach(item -> {
            var each = item.discrepancy();
            table.row(
                    each.getDiscrepancyId(),
                    each.getKind(),
                    each.getState(),
                    age(item.ageSeconds()),
                    money(item.money()),
                    text(each.getSubject()),
                    text(each.getExpected()),
                    text(each.getActual()),
                    text(each.getDecision()));
        });
        return table;
    }

    /** How many there are, and the money of their payments. */
    public static String total(DiscrepancyList list) {
        var shown = list.listed().size() < list.found()
                ? ", the oldest %d listed".formatted(list.listed().size())
                : "";
        return "%d discrepancies%s; money of their payments: %s"
                .formatted(list.found(), shown, list.sums().isEmpty() ? "none" : money(list.sums()));
    }

    public static Table of(Details details) {
        var each = details.discrepancy();
        var table = new Table("field", "value")
                .row("id", each.getDiscrepancyId())
                .row("kind", each.getKind())
                .row("state", each.getState())
                .row("since", each.getAt())
                .row("payment", each.getPaymentKey())
                .row("money", money(details.money()))
                .row("order", named(each.getOrder()))
                .row("user", user(details))
                .row("product", named(each.getProduct()))
                .row("expected", text(each.getExpected()))
                .row("actual", text(each.getActual()))
                .row("caused by", each.getCause().getEventKey())
                .row("policy", each.getPolicyVersion())
                .row("what can be decided", options(details))
                .row("meaning", details.options().why());
        return each.getDecision() == null ? table : table.row("closed by decision", each.getDecision());
    }

    private static String named(@Nullable String name) {
        return name == null ? "not known" : name;
    }

    /** The user that would get what was paid for; else the one that the payment names, which does not count while the order is not known. */
    private static String user(Details details) {
        var subject = details.discrepancy().getSubject();
        return subject != null
                ? subject
                : details.namedSubject()
                        .map(name -> name + " (named by the payment)")
                        .orElse("not known");
    }

    private static String options(Details details) {
        var possible = new ArrayList<String>();
        var options = details.options();
        if (options.accept()) {
            possible.add("accept");
        }
        if (options.assign()) {
            possible.add("assign");
        }
        if (options.dismiss()) {
            possible.add("dismiss");
        }
        return possible.isEmpty() ? "nothing" : String.join(", ", possible);
    }

    public static Table decisions(List<DecisionView> decisions) {
        var table = new Table("decision", "kind", "about", "by", "at", "why", "what", "status");
        decisions.forEach(view -> {
            var each = view.decision();
            table.row(
                    each.getDecisionId(),
                    each.getKind(),
                    each.getAbout(),
                    DecisionText.who(each),
                    each.getAt(),
                    each.getWhy(),
                    DecisionText.what(each),
                    view.meaning());
        });
        return table;
    }

    /** What a user may use, in one line. */
    public static String access(List<EntitlementEvent> access) {
        return access.isEmpty()
                ? "nothing"
                : access.stream().map(DiscrepancyTable::access).collect(Collectors.joining("; "));
    }

    private static String access(EntitlementEvent event) {
        var scope = event.getScope() == null ? "" : " " + event.getScope();
        var until = event.getUntil() == null ? "" : " until " + event.getUntil();
        return "%s%s %s (%s)%s".formatted(event.getEntitlement(), scope, event.getStatus(), event.getReason(), until);
    }

    /** The state of a discrepancy, in one line. */
    public static String state(Discrepancy discrepancy) {
        return discrepancy.getState()
                + (discrepancy.getDecision() == null ? "" : " by decision " + discrepancy.getDecision());
    }

    static String money(List<Money> all) {
        return all.stream()
                .map(each -> Amount.shown(each.amount(), each.currency()))
                .collect(Collectors.joining(" + "));
    }

    private static String age(long seconds) {
        var age = Duration.ofSeconds(seconds);
        return age.toMinutes() > 0 ? Age.text(age) : "0 min";
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
