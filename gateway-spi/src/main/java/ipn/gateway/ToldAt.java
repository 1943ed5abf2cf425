package ipn.gateway;

import ipn.gateway.content.Bytes;
import ipn.gateway.content.RefusedException;
import ipn.gateway.content.Times;
import ipn.topics.Reason;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When the notification was made that had us look at a document, by the gateway's clock. Few documents say since when they are
 * so. What one says is therefore as new as what told of it: every look is ordered on the one clock that all notifications share,
 * never on ours, and looking twice because of the same notification is no news. It travels with the document as a header of our
 * own; on what was sent to us it means nothing.
 */
public final class ToldAt {
    /** To be among the kept headers of an account that looks. */
    public static final String HEADER = "ipn-told-at";

    private ToldAt() {}

    /**
     * A document that a notification told us to look at.
     *
     * @param url where it was found, without credentials
     * @param toldAt when the notification was made, by the gateway's clock
     */
    public static Delivery document(String url, String contentType, Bytes body, Delivery notification, Instant toldAt) {
        var headers = Map.of("content-type", List.of(contentType), HEADER, List.of(toldAt.toString()));
        return new Delivery(headers, body, notification.receivedAt(), Optional.of(url));
    }

    /**
     * Event id of a document that does not say since when it is so: the same look because of the same notification. Because of
     * another one it is another event, for it may have become something else in between, and then this again.
     */
    public static String eventId(Delivery document) {
        return eventId(document, document.header(HEADER).orElse(""));
    }

    /** Event id of a document that says when it last changed: the same whatever told of it. */
    public static String datedEventId(Delivery document) {
        return eventId(document, "");
    }

    private static String eventId(Delivery document, String toldAt) {
        var parts = List.of(
                document.fetchedFrom().orElse(""), toldAt, document.body().sha256());
        return "seen:" + Bytes.utf8(String.join("\n", parts)).sha256();
    }

    /**
     * When a document was told of.
     *
     * @throws RefusedException MISSING_FIELD, INVALID_TIME or TIME_OUT_OF_RANGE
     */
    public static Instant of(Delivery document) {
        var text = document.header(HEADER)
                .orElseThrow(() -> new RefusedException(Reason.MISSING_FIELD, HEADER + ": missing"));
        try {
            return new Times(document.receivedAt()).occurred(Instant.parse(text), HEADER);
        } catch (DateTimeException e) {
            throw new RefusedException(Reason.INVALID_TIME, HEADER + ": not a time such as 2026-09-01T12:00:00Z");
        }
    }
}
