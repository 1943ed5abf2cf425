package ipn.gateway.paypalipn;

import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.Verdict.Rejected;
import ipn.gateway.Verdict.Undecided;
import ipn.gateway.content.Bytes;
import ipn.http.BoundedHttp;
import ipn.http.HttpFailure;
import ipn.http.HttpReply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Asks PayPal whether it sent a message, by posting the message back. Only the replies VERIFIED and INVALID decide. Any
 * other reply, or none, leaves the verdict undecided, and PayPal redelivers the message later.
 */
final class PostBack {
    private static final byte[] PREFIX = "cmd=_notify-validate&".getBytes(StandardCharsets.US_ASCII);
    private static final int REPLY_BYTES_MAX = 64;
    private static final Map<String, String> HEADERS =
            Map.of("Content-Type", "application/x-www-form-urlencoded", "User-Agent", "ipn-post-back/1");

    private final URI url;
    private final BoundedHttp http;

    PostBack(PostBackSettings settings) {
        this.url = settings.url();
        this.http = new BoundedHttp(settings.access());
    }

    /** Posts the body back without blocking; the stage never fails. */
    CompletionStage<Verdict> ask(Bytes body) {
        return http.post(url, HEADERS, question(body), REPLY_BYTES_MAX)
                .thenApply(this::verdict)
                .exceptionally(PostBack::undecided);
    }

    /** The unchanged body with the prefix before it. */
    private static Bytes question(Bytes body) {
        var question = Arrays.copyOf(PREFIX, PREFIX.length + body.size());
        System.arraycopy(body.array(), 0, question, PREFIX.length, body.size());
        return Bytes.wrap(question);
    }

    private Verdict verdict(HttpReply reply) {
        if (!reply.ok()) {
            return new Undecided("no answer from %s: status %d".formatted(url.getHost(), reply.status()));
        }
        return switch (reply.body().utf8().strip()) {
            case "VERIFIED" -> new Genuine("postback", url.getHost());
            case "INVALID" -> new Rejected(Reason.DENIED_BY_GATEWAY);
            default -> new Undecided(url.getHost() + " answered neither VERIFIED nor INVALID");
        };
    }

    private static Verdict undecided(Throwable failure) {
        return new Undecided(HttpFailure.why(failure));
    }
}
