package ipn.app.output;

import ipn.operations.reconcile.InjectionPlan;
import ipn.operations.reconcile.ReportInjection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lists what an injection would write, and what it wrote. */
public final class InjectionTable {
    private static final int PAYMENTS_MAX = 10;

    private InjectionTable() {}

    /** Each record that would be written, with its payment, user, order and amount. */
    public static List<String> lines(InjectionPlan plan) {
        var table = new Table("payment", "kind", "user", "order", "amount", "time", "line")
                .numbers(Set.of("amount", "line"));
        plan.first()
                .forEach(each -> table.row(
                        each.paymentKey(),
                        each.kind(),
                        known(each.subject()),
                        known(each.order()),
                        Amount.shown(each.amount(), each.currency()),
                        each.at(),
                        each.line()));
        var lines = new ArrayList<String>();
        lines.add("");
        lines.add("to inject: %d capture(s), %d refund(s)".formatted(plan.captures(), plan.refunds()));
        lines.addAll(table.lines());
        if (plan.more() > 0) {
            lines.add("... %d more: --out FILE lists all as MISSING_HERE; --payment, --since and --until restrict them"
                    .formatted(plan.more()));
        }
        return lines;
    }

    /** What was written, and the decision that says who did it. */
    public static List<String> written(ReportInjection.Written written) {
        var payments = written.payments();
        var more = payments.size() - PAYMENTS_MAX;
        var lines = new ArrayList<String>();
        lines.add("%d record(s) injected%s%s%s"
                .formatted(
                        written.records(),
                        payments.isEmpty() ? "" : ": ",
                        String.join(", ", payments.subList(0, Math.min(PAYMENTS_MAX, payments.size()))),
                        more > 0 ? " and more, all in the list above" : ""));
        written.decisionId().ifPresent(id -> lines.add("decision " + id));
        return lines;
    }

    private static String known(@Nullable String word) {
        return word == null ? "-" : word;
    }
}
