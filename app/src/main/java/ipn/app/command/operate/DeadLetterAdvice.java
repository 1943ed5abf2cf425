package ipn.app.command.operate;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.ObjectMapper;
import ipn.app.output.Shell;
import ipn.operations.deadletter.DeadLetters.Whole;
import ipn.topics.Headers;
import ipn.topics.Reason;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What to do about a dead letter, and for a wrong receiver which one the notification names. */
record DeadLetterAdvice(Whole whole) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The merchant that the notification names, read from its body at the place that the error message names. It is an id of a merchant and no
     * data of a payer, but it is in no header and no log.
     */
    Optional<String> receiver() {
        var value = whole.record().value();
        if (!whole.letter().reason().equals(Reason.WRONG_RECEIVER.name()) || value == null) {
            return Optional.empty();
        }
        try {
            var at = JSON.readTree(value).at(JsonPointer.compile(message().split(": ", 2)[0]));
            return at.isValueNode() && !at.isNull() ? Optional.of(at.asText()) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The next command to type, and what comes before it. */
    String next() {
        var letter = whole.letter();
        var id = Shell.quoted(letter.id());
        return switch (letter.status()) {
            case DISCARDED -> "nothing: it was discarded";
            case PARKED -> "it failed too often; open it again: ipn dlq undo %s --why '...'".formatted(id);
            case REPLAYED ->
                "nothing: it was replayed; see 'ipn payment show %s'".formatted(Shell.quoted(letter.paymentKey()));
            case OPEN -> open(id);
        };
    }

    private String open(String id) {
        var replay = "ipn dlq replay %s --dry-run".formatted(id);
        var discard = "ipn dlq discard %s --why '...'".formatted(id);
        var topic = whole.letter().source().topic();
        if (topic.endsWith(TopicCatalogue.ORDERS)) {
            return "the checkout writes a corrected order; then " + discard;
        }
        if (!topic.endsWith(TopicCatalogue.RAW)) {
            return "find out which program wrote to %s; a replay is not possible; then %s".formatted(topic, discard);
        }
        if (whole.letter().reason().equals(Reason.WRONG_RECEIVER.name())) {
            return ("if the receiver is one of your merchants, add it to the setting that the message names, restart the processor, and replay all"
                            + " with the same cause: ipn dlq replay --reason WRONG_RECEIVER --dry-run; otherwise %s")
                    .formatted(discard);
        }
        return switch (whole.letter().failureClass()) {
            case "transient" -> "fix the fault and deploy it, then " + replay;
            case "policy" ->
                "if the settings are wrong, correct them and restart the processor, then %s; otherwise %s"
                        .formatted(replay, discard);
            default ->
                "compare the body (--reveal) with the gateway's dashboard; after a fix of the translation %s; if the gateway sent something wrong %s"
                        .formatted(replay, discard);
        };
    }

    private String message() {
        return text(whole.record().headers().lastHeader(Headers.ERROR_MESSAGE));
    }

    private static String text(org.apache.kafka.common.header.@Nullable Header header) {
        return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
    }
}
