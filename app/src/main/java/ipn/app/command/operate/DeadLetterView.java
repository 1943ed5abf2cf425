package ipn.app.command.operate;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.app.output.Table;
import ipn.operations.deadletter.DeadLetters.Whole;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Prints one dead letter as a table or JSON. */
final class DeadLetterView {
    private DeadLetterView() {}

    static Map<String, @Nullable Object> of(Whole whole, boolean body) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("letter", whole.letter());
        view.put("decision", whole.decision());
        var headers = new LinkedHashMap<String, String>();
        whole.record().headers().forEach(header -> headers.put(header.key(), text(header)));
        view.put("headers", headers);
        var advice = new DeadLetterAdvice(whole);
        view.put("receiver", advice.receiver().orElse(null));
        view.put("next", advice.next());
        if (body) {
            view.put("body", body(whole));
        }
        return view;
    }

    static Table table(Whole whole) {
        var letter = whole.letter();
        var table = new Table("dead letter", letter.id())
                .row("status", letter.status().name())
                .row("attempts", Integer.toString(letter.attempts()))
                .row("payment", letter.paymentKey())
                .row("failed record", letter.source().toString())
                .row("body", letter.bodyBytes() + " bytes");
        whole.decision()
                .ifPresent(decision -> table.row(
                        "decided", decision.getStatus() + " by " + decision.getBy() + " at " + decision.getAt()));
        var advice = new DeadLetterAdvice(whole);
        advice.receiver().ifPresent(receiver -> table.row("receiver", receiver));
        whole.record().headers().forEach(header -> table.row(header.key(), firstLine(text(header))));
        return table.row("next", advice.next());
    }

    static String body(Whole whole) {
        return whole.record().value() == null ? "" : new String(whole.record().value(), UTF_8);
    }

    private static String text(Header header) {
        return header.value() == null ? "" : new String(header.value(), UTF_8);
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
