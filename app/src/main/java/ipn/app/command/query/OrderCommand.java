package ipn.app.command.query;

import ipn.app.ExitCode;
import ipn.app.UserException;
import ipn.app.command.AnswerOptions;
import ipn.app.command.ProgressBar;
import ipn.app.command.Session;
import ipn.app.output.Amount;
import ipn.app.output.OrderText;
import ipn.avro.Discrepancy;
import ipn.avro.Order;
import ipn.avro.OrderAllocation;
import ipn.gateway.Accounts;
import ipn.operations.decision.DecisionView;
import ipn.operations.decision.OrderDecisions;
import ipn.operations.order.OrderWriter;
import ipn.operations.query.OrderQuery;
import ipn.operations.query.OrderQuery.OrderView;
import ipn.operations.topic.RecordSource;
import ipn.order.OrderRules;
import ipn.projector.catalogue.CatalogueSettings;
import ipn.projector.catalogue.ProductCatalogue;
import ipn.settings.SettingsException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes and shows orders. */
@Command(
        name = "order",
        description = "Writes an order (what a payer is expected to pay), or shows an order with its payments.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  ipn order put o_1001 --subject u_42 --product premium --amount 8.00", "  ipn order show o_1001"})
public final class OrderCommand {
    /** Whether live or test money pays the order. */
    private enum Mode {
        LIVE,
        TEST
    }

    /** The JSON output of {@code show}. */
    private record Shown(
            String orderId,
            Optional<Order> order,
            Optional<OrderAllocation> matched,
            List<DecisionView> decisions,
            List<Discrepancy> candidates) {}

    /** What {@code show} reads. */
    private record Answer(OrderView view, OrderDecisions people) {}

    private final Session session;

    public OrderCommand(Session session) {
        this.session = session;
    }

    @Command(
            name = "put",
            description = {
                "Writes an order, as a checkout does before it sends the payer to the gateway.",
                "",
                "Warns, and writes the order all the same, if the settings do not know the product, if --reference is missing for a"
                        + " product that applies to one thing only, or if the order exists already with other terms, which are then replaced."
            },
            exitCodeList = {ExitCode.DONE_HELP, "1:a failure", ExitCode.WRONG_USAGE_HELP},
            footerHeading = "%nExamples:%n",
            footer = {
                "  ipn order put o_1001 --subject u_42 --product premium --amount 8.00",
                "  ipn order put o_1002 --subject u_42 --product promoted-post \\",
                "      --reference post_7 --amount 25 --pay-by PT30M",
                "  ipn order put o_1003 --subject u_7 --product premium --amount 8 \\",
                "      --account stripe/main --mode test"
            })
    int put(
            @Parameters(paramLabel = "ID", description = "Id of the order. The payment must name it.") String id,
            @Mixin OrderOptions options,
            @Option(
                            names = "--mode",
                            paramLabel = "MODE",
                            description =
                                    "Whether the order must be paid with live or with test money. Default: live if an account in the settings is live, else test.")
                    @Nullable
                    Mode mode) {
        var order = options.order(
                id, mode == null ? live() : mode == Mode.LIVE, Clock.systemUTC().instant());
        OrderRules.violation(id, order).ifPresent(violation -> {
            throw UserException.usage(violation.detail());
        });
        var kafka = session.kafka();
        var progress = new ProgressBar(session.terminal());
        var before = new OrderQuery(kafka, kafka.serdes()).order(id, progress);
        progress.clear();
        new OrderWarnings(products(order.getLive())).about(order, before).forEach(session.terminal()::printErr);
        var at = new OrderWriter(kafka, kafka.serdes()).write(order);
        if (session.json()) {
            session.print(Map.of("orderId", id, "at", at));
        } else {
            session.terminal().print("%s: order of %s written (%s)".formatted(id, expected(order), at));
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "show",
            description = "Shows an order, its payments, and whether they match.",
            exitCodeList = {ExitCode.DONE_HELP, "1:no such order, or a failure", ExitCode.WRONG_USAGE_HELP},
            footerHeading = "%nExamples:%n",
            footer = {"  ipn order show o_1001", "  ipn order show o_1001 --json"})
    int show(
            @Parameters(paramLabel = "ID", description = "Id of the order.") String id,
            @Option(
                            names = "--projector-id",
                            paramLabel = "ID",
                            description =
                                    "Application id of the projector, whose stores are read. Default: application-id in section projector of the settings.")
                    @Nullable
                    String projector,
            @Mixin AnswerOptions from) {
        var answer = from.answer(session, session.kafka(), source -> find(source, id, Optional.ofNullable(projector)));
        var expected = answer.view();
        var people = answer.people();
        var known = expected.order().isPresent() || expected.matched().isPresent();
        if (session.json()) {
            session.print(new Shown(
                    expected.orderId(), expected.order(), expected.matched(), people.decisions(), people.candidates()));
        } else if (known) {
            OrderText.print(expected, people, session.terminal());
        }
        if (!known) {
            session.terminal()
                    .printErr(
                            id
                                    + ": unknown order (expected: an id that a checkout wrote or a payment names; 'ipn find' searches by a part of it)");
        }
        return known ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
    }

    private Answer find(RecordSource source, String id, Optional<String> projector) {
        var progress = new ProgressBar(session.terminal());
        var view = new OrderQuery(source).find(id, projector.orElseGet(session::projectorId), progress);
        var people = OrderDecisions.read(
                source,
                session.approval(source.kafka()),
                view,
                view.order().map(OrderCommand::expected).orElse(""),
                Clock.systemUTC().instant(),
                progress);
        progress.clear();
        return new Answer(view, people);
    }

    private static String expected(Order order) {
        return Amount.shown(order.getAmount(), order.getCurrency());
    }

    /**
     * What is sold by the settings.
     *
     * @throws SettingsException if section {@code products} is wrong
     */
    private ProductCatalogue products(boolean live) {
        var settings = session.settingsOrBuiltIn().read();
        var products = CatalogueSettings.from(settings, live);
        settings.problems().throwIfAny("products");
        return products;
    }

    /** An order is for live money if any account is live. */
    private boolean live() {
        try {
            return Accounts.from(session.settingsOrBuiltIn().read()).live();
        } catch (SettingsException | UserException e) {
            throw UserException.usage(
                    "--mode: missing, and the settings cannot be read to choose a default (expected: live or test)");
        }
    }
}
