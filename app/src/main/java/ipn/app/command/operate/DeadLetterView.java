package ipn.app.command.operate;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.app.output.Amount;
import ipn.app.output.MaskedBody;
import ipn.app.output.Table;
import ipn.avro.PaymentState;
import ipn.operations.deadletter.DeadLetters.Whole;
import ipn.operations.topic.HeaderText;
import ipn.processor.ReplayPreview.Expected;
import ipn.topics.Headers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * One dead letter as a table or JSON.
 *
 * @param state of its payment, without it
 * @param expected what it would become now; empty for a record that the processor does not read
 * @param verified whether its signature and seal were verified for that
 * @param reveal whether personal data and secrets are shown
 */
record DeadLetterView(
        Whole whole, Optional<PaymentState> state, Optional<Expected> expected, boolean verified, boolean reveal) {

    Map<String, @Nullable Object> json() {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("letter", whole.letter());
        view.put("decision", whole.decision());
        var headers = new LinkedHashMap<String, String>();
        whole.record().headers().forEach(header -> headers.put(header.key(), text(header)));
        view.put("headers", headers);
        var advice = new DeadLetterAdvice(whole);
        view.put("receiver", advice.receiver().orElse(null));
        view.put("paymentStatus", state.map(PaymentState::getStatus).orElse(null));
        view.put("paymentTotals", state.map(PaymentState::getTotals).orElse(null));
        view.put("wouldBecome", expected.map(DeadLetterView::json).orElse(null));
        view.put("verified", verified);
        view.put("next", advice.next());
        view.put("body", body());
        return view;
    }

    private static Map<String, @Nullable Object> json(Expected expected) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("outcome", expected.kind());
        view.put("reason", expected.reason().orElse(null));
        view.put("detail", expected.detail().orElse(null));
        view.put("paymentStatus", expected.after().map(PaymentState::getStatus).orElse(null));
        view.put("paymentTotals", expected.after().map(PaymentState::getTotals).orElse(null));
        return view;
    }

    Table table() {
        var letter = whole.letter();
        var table = new Table("dead letter", letter.id())
                .row("status", letter.status().name())
                .row("attempts", Integer.toString(letter.attempts()))
                .row("why", letter.reason() + (letter.message().isEmpty() ? "" : ": " + letter.message()))
                .row("payment", letter.paymentKey())
                .row("payment state", state.map(DeadLetterView::text).orElse("nothing is known"))
                .row("would become", expected.map(this::text).orElse("not known: the processor does not read it"))
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

    private String text(Expected expected) {
        var payment = expected.after().map(after -> "; the payment is then " + text(after));
        return ExpectedOutcomes.line(expected, payment.orElse(""), verified);
    }

    private static String text(PaymentState state) {
        return state.getStatus()
                + state.getTotals().stream()
                        .map(sums -> "captured %s, refunded %s"
                                .formatted(
                                        Amount.shown(sums.getCaptured(), sums.getCurrency()),
                                        Amount.shown(sums.getRefunded(), sums.getCurrency())))
                        .collect(Collectors.joining("; ", ": ", ""));
    }

    /** The body, masked unless it is to be revealed. */
    String body() {
        var body = whole.record().value();
        if (body == null) {
            return "";
        }
        var contentType = new HeaderText(whole.record().headers()).text(Headers.CONTENT_TYPE, "");
        return reveal ? new String(body, UTF_8) : MaskedBody.of(body, contentType);
    }

    private String text(Header header) {
        var isFreeText =
                header.key().startsWith("kafka_dlt-") || header.key().startsWith("__connect.errors.exception.");
        return isFreeText
                        && !reveal
                        && !header.key().endsWith(".class.name")
                        && !header.key().endsWith("-fqcn")
                ? "<masked: %d bytes>".formatted(header.value() == null ? 0 : header.value().length)
                : plain(header);
    }

    private static String plain(Header header) {
        return header.value() == null ? "" : new String(header.value(), UTF_8);
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
