package ipn.gateway.mollie;

import ipn.gateway.Delivery;
import ipn.gateway.Verdict.Undecided;
import ipn.gateway.content.Bytes;
import ipn.gateway.content.JsonShape;
import ipn.gateway.content.StrictJson;
import ipn.http.BoundedHttp;
import ipn.http.HttpFailure;
import ipn.http.HttpReply;
import ipn.settings.Secret;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Looks payments up at Mollie, with their refunds and chargebacks. Any answer other than this payment or 404 leaves
 * the delivery undecided: Mollie sends the webhook again.
 */
final class MollieApi {
    static final String HOST = "api.mollie.com";

    private static final String PAYMENTS = "https://" + HOST + "/v2/payments/";
    private static final String WITH = "?embed=refunds,chargebacks";
    private static final int REPLY_BYTES_MAX = 512 * 1024;
    private static final JsonShape ID = JsonShape.of(List.of("/id", "/resource"));

    private final BoundedHttp http;
    private final Secret key;

    /** The result of a look-up. */
    sealed interface Look {
        /** The current payment. */
        record Found(Delivery document) implements Look {}

        /** No payment with this id is visible to this key. */
        record None() implements Look {}

        /** The look-up failed; the result is not known yet. */
        record Unknown(Undecided verdict) implements Look {}
    }

    MollieApi(BoundedHttp http, Secret key) {
        this.http = http;
        this.key = key;
    }

    /**
     * Looks a payment up. Never waits, and never fails.
     *
     * @param id see {@link Hint#isPayment}
     */
    CompletionStage<Look> payment(String id, Instant receivedAt) {
        var url = URI.create(PAYMENTS + id + WITH);
        var headers = Map.of("Authorization", "Bearer " + key.text(), "Accept", "application/hal+json");
        return http.get(url, headers, REPLY_BYTES_MAX)
                .thenApply(reply -> look(reply, id, url, receivedAt))
                .exceptionally(MollieApi::unknown);
    }

    private static Look look(HttpReply reply, String id, URI url, Instant receivedAt) {
        if (reply.status() == 404) {
            return new Look.None();
        }
        if (!reply.ok()) {
            return unknown("status " + Integer.toString(reply.status()));
        }
        if (!isPayment(reply.body(), id)) {
            return unknown("not the payment that was asked for");
        }
        return new Look.Found(Delivery.fetched(url.toString(), reply.contentType(), reply.body(), receivedAt));
    }

    private static boolean isPayment(Bytes body, String id) {
        return StrictJson.glance(body, ID)
                .filter(document -> document.at("id").glance().equals(Optional.of(id))
                        && document.at("resource").glance().equals(Optional.of("payment")))
                .isPresent();
    }

    private static Look unknown(Throwable failure) {
        return new Look.Unknown(new Undecided(HttpFailure.why(failure)));
    }

    private static Look unknown(String answer) {
        return new Look.Unknown(new Undecided(HOST + " answered: " + answer));
    }
}
