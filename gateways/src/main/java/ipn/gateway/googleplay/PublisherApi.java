package ipn.gateway.googleplay;

import ipn.gateway.content.Bytes;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.JsonShape;
import ipn.gateway.content.StrictJson;
import ipn.http.BoundedHttp;
import ipn.http.HttpReply;
import ipn.http.Unreachable;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Reads documents of the Android Publisher API. */
record PublisherApi(BoundedHttp http, AccessTokens tokens) {
    /** The largest, an order of many lines, has a few thousand bytes. */
    private static final int BYTES_MAX = 256 * 1024;
    /**
     * Unknown, deleted, or, with 400, a token that has expired. The request contains nothing else that could be wrong, and repeating it
     * does not help.
     */
    private static final Set<Integer> NO_SUCH_PURCHASE = Set.of(400, 404, 410);

    /**
     * A document.
     *
     * @param body as answered
     */
    record Document(PublisherResource place, String contentType, Bytes body, JsonField json) {}

    /** Empty if Google has no such document or has deleted it. Fails if Google gives no answer. */
    CompletionStage<Optional<Document>> get(PublisherResource place, Instant now) {
        return tokens.get(now)
                .thenCompose(token -> http.get(
                                URI.create(place.url()),
                                Map.of("Accept", "application/json", "Authorization", token.header()),
                                BYTES_MAX)
                        .thenApply(reply -> document(place, token, reply)));
    }

    private Optional<Document> document(PublisherResource place, AccessTokens.Token token, HttpReply reply) {
        if (NO_SUCH_PURCHASE.contains(reply.status())) {
            return Optional.empty();
        }
        if (reply.status() == 401) {
            tokens.refused(token);
        }
        var json = reply.ok() ? StrictJson.glance(reply.body(), JsonShape.WHOLE) : Optional.<JsonField>empty();
        return Optional.of(new Document(
                place,
                reply.contentType(),
                reply.body(),
                json.orElseThrow(() -> new CompletionException(new Unreachable(PublisherResource.HOST
                        + " answered no document: status " + Integer.toString(reply.status()))))));
    }
}
