package ipn.gateway.paypalipn;

import ipn.gateway.Delivery;
import ipn.gateway.Source;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.Verdict.Rejected;
import ipn.gateway.Verdict.Undecided;
import ipn.gateway.content.Bytes;
import ipn.http.BoundedHttp;
import ipn.http.Fetched;
import ipn.http.FetchedOnce;
import ipn.http.HttpReply;
import ipn.lookup.LookUps;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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

    private static final int DENIED_MAX = 4_096;
    private static final Duration DENIED_KEPT = Duration.ofMinutes(1);

    private final URI url;
    private final BoundedHttp http;
    private final LookUps lookUps;
    private final Receivers receivers;
    /** Keeps only denials, so that copies of a forged message cause one request; by hash of the body. */
    private final FetchedOnce<String, Verdict> answers = new FetchedOnce<>(DENIED_MAX, Duration.ZERO);

    PostBack(PostBackSettings settings, LookUps lookUps, Receivers receivers) {
        this.url = settings.url();
        this.http = new BoundedHttp(settings.access());
        this.lookUps = lookUps;
        this.receivers = receivers;
    }

    /** Posts the body back without blocking; the stage never fails. */
    CompletionStage<Verdict> ask(Delivery delivery, Instant now) {
        var envelope = IpnEnvelope.read(delivery.body());
        if (!envelope.isPossible()) {
            return CompletableFuture.completedFuture(new Rejected(Reason.CONTENT_IMPOSSIBLE));
        }
        var plausible = envelope.isPlausible(receivers);
        return answers.get(
                        delivery.body().sha256(),
                        now,
                        () -> lookUps.ask(delivery.source(), plausible, now, () -> verdict(delivery.body()))
                                .thenApply(verdict -> noted(verdict, delivery.source(), plausible, now)))
                .exceptionally(LookUps::verdict);
    }

    private CompletionStage<Verdict> verdict(Bytes body) {
        return http.post(url, HEADERS, question(body), REPLY_BYTES_MAX).thenApply(this::verdict);
    }

    /**
     * A verified message to another receiver does not prove the client: anybody can pay into an account of their own and repeat
     * PayPal's message here.
     */
    private Fetched<Verdict> noted(Verdict verdict, Source source, boolean plausible, Instant now) {
        if (verdict instanceof Genuine && plausible) {
            lookUps.authentic(source, now);
        }
        if (verdict instanceof Rejected) {
            lookUps.denied(source, now);
        }
        return new Fetched<>(verdict, verdict instanceof Rejected ? DENIED_KEPT : Duration.ZERO);
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
}
