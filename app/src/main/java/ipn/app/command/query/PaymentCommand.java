package ipn.app.command.query;

import ipn.app.ExitCode;
import ipn.app.command.AnswerOptions;
import ipn.app.command.Session;
import ipn.app.output.Amount;
import ipn.app.output.Shell;
import ipn.app.output.Table;
import ipn.app.output.Terminal;
import ipn.app.output.Terminal.Tone;
import ipn.avro.Invoice;
import ipn.avro.PaymentState;
import ipn.operations.explain.CodeTexts;
import ipn.operations.query.PaymentQuery;
import ipn.operations.query.PaymentQuery.Payment;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows payments. */
@Command(
        name = "payment",
        description = "Shows the state and the events of a payment.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  ipn payment show stripe/main/pi_3Nabc", "  ipn payment show stripe/main/in_1Nabc --json"})
public final class PaymentCommand {
    private final Session session;

    public PaymentCommand(Session session) {
        this.session = session;
    }

    @Command(
            name = "show",
            description = "Shows the state of a payment and the outcome of each of its events.",
            exitCodeList = {ExitCode.DONE_HELP, "1:no such payment, or a failure", ExitCode.WRONG_USAGE_HELP},
            footerHeading = "%nExamples:%n",
            footer = {
                "  ipn payment show stripe/main/pi_3Nabc",
                "  ipn payment show paypal-ipn/main/7TE57IPN000000001 --history 100",
                "  ipn payment show stripe/main/in_1Nabc --json"
            })
    int show(
            @Parameters(
                            paramLabel = "KEY",
                            description = "Key of the payment, invoice or subscription: gateway/account/id.")
                    String key,
            @Option(
                            names = "--history",
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "Show the newest N events. Default: 20.")
                    int history,
            @Mixin AnswerOptions from) {
        var kafka = session.kafka();
        var payment = from.answer(session, kafka, source -> new PaymentQuery(source).show(key, history));
        if (session.json()) {
            session.print(payment);
        } else if (payment.known()) {
            print(payment, session.terminal());
        }
        if (!payment.known()) {
            session.terminal()
                    .printErr(
                            "%s: unknown payment (expected: gateway/account/id, such as stripe/main/pi_3Nabc; to search by a part of an id: ipn find %s)"
                                    .formatted(key, Shell.quoted(key.substring(key.lastIndexOf('/') + 1))));
        }
        return payment.known() ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
    }

    private static void print(Payment payment, Terminal terminal) {
        payment.state().ifPresent(state -> terminal.show(facts(state)));
        payment.discrepancies()
                .forEach(open -> terminal.print(terminal.in(Tone.BAD, "open discrepancy") + " since " + open.getAt()
                        + ": " + CodeTexts.mismatch(open)));
        terminal.print("");
        var history = new Table("outcome", "event", "type", "occurred", "raw record", "status after");
        payment.history()
                .forEach(step -> history.row(
                        step.reason() == null ? step.kind() : step.kind() + " " + step.reason(),
                        step.eventKey().substring(step.eventKey().lastIndexOf('/') + 1),
                        step.eventType(),
                        step.occurredAt() == null ? "" : step.occurredAt().toString(),
                        step.source().toString(),
                        step.status() == null ? "" : step.status().name()));
        terminal.show(history);
    }

    private static Table facts(PaymentState state) {
        var table = new Table("payment", state.getPaymentKey())
                .row("status", state.getStatus())
                .row("dispute", state.getDisputeStatus())
                .row("mode", state.getLive() ? "live" : "test");
        state.getTotals()
                .forEach(total -> table.row("captured", Amount.shown(total.getCaptured(), total.getCurrency()))
                        .row("refunded", Amount.shown(total.getRefunded(), total.getCurrency())));
        state.getInvoices().forEach(invoice -> table.row("invoice", invoice(invoice)));
        if (state.getSubscription() != null) {
            table.row("subscription", state.getSubscription().getStatus());
        }
        state.getReferences().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(reference -> table.row(reference.getKey(), reference.getValue()));
        state.getLinks()
                .forEach(link ->
                        table.row(link.getKind().name().toLowerCase(Locale.ROOT).replace('_', ' '), link.getTarget()));
        return table;
    }

    private static String invoice(Invoice invoice) {
        var until = invoice.getUntil() == null ? "" : " until " + invoice.getUntil();
        return invoice.getStatus() + " " + Amount.shown(invoice.getPaid(), invoice.getCurrency()) + until;
    }
}
