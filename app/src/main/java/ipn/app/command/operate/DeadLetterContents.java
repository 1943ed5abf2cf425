package ipn.app.command.operate;

import ipn.app.UserException;
import ipn.app.command.Session;
import ipn.app.output.Amount;
import ipn.app.output.Table;
import ipn.gateway.Accounts;
import ipn.operations.deadletter.DeadLetter;
import ipn.operations.deadletter.DeadLetterContent;
import ipn.operations.deadletter.DeadLetterTranslation;
import ipn.operations.deadletter.DeadLetters;
import ipn.operations.deadletter.DeadLetters.Whole;
import ipn.operations.topic.RecordSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Dead letters with what they are about, as the settings of this command translate them. */
record DeadLetterContents(Map<String, DeadLetterContent> byId) {

    static DeadLetterContents read(Session session, Collection<String> ids) {
        var kafka = session.kafka();
        return read(session, RecordSource.topics(kafka, kafka.serdes()), ids);
    }

    static DeadLetterContents read(Session session, RecordSource source, Collection<String> ids) {
        return new DeadLetterContents(new DeadLetters(source).contents(Set.copyOf(ids), translation(session)));
    }

    /** One dead letter with its record. */
    static Whole whole(Session session, String id) {
        var kafka = session.kafka();
        return new DeadLetters(kafka, kafka.serdes())
                .show(id)
                .orElseThrow(() -> UserException.problem(
                        id + ": no such dead letter (expected: an id from 'ipn dlq list --all')"));
    }

    /** The translation of the gateways with the settings of the command. */
    static DeadLetterTranslation translation(Session session) {
        return new DeadLetterTranslation(
                Accounts.from(session.settingsOrBuiltIn().read()));
    }

    Table table(List<DeadLetter> letters) {
        var table = new Table(
                        "id",
                        "reason",
                        "class",
                        "account",
                        "payment",
                        "user",
                        "order",
                        "amount",
                        "attempts",
                        "last failed",
                        "status")
                .numbers(Set.of("amount"));
        letters.forEach(letter -> {
            var content = byId.get(letter.id());
            table.row(
                    letter.id(),
                    letter.reason(),
                    letter.failureClass(),
                    letter.account(),
                    letter.paymentKey(),
                    content == null ? "" : text(content.subject()),
                    content == null ? "" : text(content.order()),
                    content == null ? "" : amount(content),
                    letter.attempts(),
                    text(letter.lastFailedAt()),
                    letter.status());
        });
        return table;
    }

    /** What one is about, in one line; blank if it is not known. */
    String line(String id) {
        var content = byId.get(id);
        if (content == null) {
            return "";
        }
        return content.refused() == null
                ? Stream.of(named("user ", content.subject()), named("order ", content.order()), amount(content))
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(", "))
                : "not translated with these settings: " + content.refused();
    }

    private static String named(String what, @Nullable String value) {
        return value == null ? "" : what + value;
    }

    private static String amount(DeadLetterContent content) {
        return content.amount() == null || content.currency() == null
                ? ""
                : Amount.shown(content.amount(), content.currency());
    }

    private static String text(@Nullable Object value) {
        return Objects.toString(value, "");
    }
}
