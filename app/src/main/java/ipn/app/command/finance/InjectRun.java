package ipn.app.command.finance;

import ipn.app.command.ProgressBar;
import ipn.app.command.Session;
import ipn.app.output.InjectionTable;
import ipn.key.Sha256;
import ipn.operations.decision.DecisionWriter;
import ipn.operations.reconcile.InjectionPlan;
import ipn.operations.reconcile.Reconciliation;
import ipn.operations.reconcile.ReportInjection;
import org.jspecify.annotations.Nullable;

/** Lists what an injection would write, asks for confirmation, and writes it. */
record InjectRun(Session session, InjectOptions options, ReportInjection injection) {
    /**
     * What was planned and what was written.
     *
     * @param injected null if nothing was written
     */
    record Injected(InjectionPlan plan, ReportInjection.@Nullable Written injected) {}

    Injected run(Reconciliation.Result result) {
        var terminal = session.terminal();
        var operator = options.operator(session);
        var progress = new ProgressBar(terminal);
        var plan = injection.plan(result, progress);
        progress.clear();
        if (plan.records() == 0) {
            terminal.printErr(
                    "nothing to inject: no capture or refund of the compared lines is missing in payment state");
            return new Injected(plan, null);
        }
        var preview = InjectionTable.lines(plan);
        if (!session.json()) {
            preview.forEach(terminal::print);
        }
        var decision = injection
                .draft(result, plan, operator)
                .setShown(session.json() ? null : Sha256.hex(String.join("\n", preview)))
                .build();
        DecisionWriter.verify(decision);
        if (options.dryRun()) {
            terminal.printErr("dry run: nothing was written");
            return new Injected(plan, null);
        }
        if (!options.consent(session)
                .given("write %d capture(s) and %d refund(s) to %s"
                        .formatted(
                                plan.captures(),
                                plan.refunds(),
                                result.request().report().account().id().path()))) {
            terminal.printErr("not confirmed: nothing was written");
            return new Injected(plan, null);
        }
        var written = injection.write(result, decision, operator, progress);
        progress.clear();
        if (!session.json()) {
            InjectionTable.written(written).forEach(terminal::print);
        }
        written.stopped().ifPresent(why -> terminal.printErr("stopped: " + why));
        return new Injected(plan, written);
    }
}
