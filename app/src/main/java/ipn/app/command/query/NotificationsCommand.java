package ipn.app.command.query;

import ipn.app.ExitCode;
import ipn.app.command.AnswerOptions;
import ipn.app.command.Session;
import ipn.app.output.Amount;
import ipn.app.output.Table;
import ipn.avro.NotificationCommand;
import ipn.operations.query.NotificationQuery;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the notifications of a subject. */
@Command(
        name = "notifications",
        description = "Lists the messages sent to a user (user notifications), newest first.",
        exitCodeList = {ExitCode.DONE_HELP, "1:no user notification, or a failure", ExitCode.WRONG_USAGE_HELP},
        footerHeading = "%nExamples:%n",
        footer = {"  ipn notifications u_42", "  ipn notifications u_42 --last 3 --json"})
public final class NotificationsCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "SUBJECT", description = "Id of the user.")
    private String subject = "";

    @Option(names = "--last", paramLabel = "N", description = "Show the newest N user notifications. Default: 20.")
    private int last = 20;

    @Mixin
    private AnswerOptions from = new AnswerOptions();

    public NotificationsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var sent = from.answer(session, session.kafka(), source -> new NotificationQuery(source).find(subject, last));
        if (session.json()) {
            session.print(sent);
        } else if (!sent.isEmpty()) {
            session.terminal().show(table(sent));
        }
        if (sent.isEmpty()) {
            session.terminal()
                    .printErr(
                            "%s: no user notifications (older ones than the retention of their topic are deleted; see 'ipn entitlements %s')"
                                    .formatted(subject, subject));
        }
        return sent.isEmpty() ? ExitCode.FOUND_PROBLEMS : ExitCode.DONE;
    }

    private static Table table(List<NotificationCommand> sent) {
        var table = new Table("at", "kind", "entitlement", "scope", "amount", "until", "reason", "action", "id")
                .numbers(List.of("amount"));
        sent.forEach(each -> table.row(
                each.getAt().toString(),
                each.getKind(),
                each.getEntitlement(),
                shown(each.getScope()),
                amount(each.getAmount(), each.getCurrency()),
                shown(each.getUntil()),
                shown(each.getReason()),
                shown(each.getAction()),
                each.getNotificationId()));
        return table;
    }

    private static String amount(@Nullable Long minorUnits, @Nullable String currency) {
        return minorUnits == null || currency == null ? "" : Amount.shown(minorUnits, currency);
    }

    private static String shown(@Nullable Object value) {
        return Objects.toString(value, "");
    }
}
