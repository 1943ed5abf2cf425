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
 * The time of the notification that caused a fetch, by the gateway's clock. Few documents contain the time of their last change.
 * A document therefore counts as being as new as its notification: fetches are ordered by the clock of the notifications, not by
 * ours, and a second fetch for the same notification adds nothing. The time is stored with the document in a header of our own,
 * which has no meaning on a delivery.
 */
public final class NotificationTime {
    /** An account that fetches documents must keep this header. */
    public static final String HEADER = "ipn-notification-time";

    private NotificationTime() {}

    /**
     * A document that was fetched because of a notification.
     *
     * @param url the URL of the document, without credentials
     * @param notifiedAt when the notification was made, by the gateway's clock
     */
    public static Delivery document(
            String url, String contentType, Bytes body, Delivery notification, Instant notifiedAt) {
        var headers = Map.of("content-type", List.of(contentType), HEADER, List.of(notifiedAt.toString()));
        return new Delivery(headers, body, notification.receivedAt(), Optional.of(url));
    }

    /**
     * Event id of a document that does not contain the time of its last change: the same for each fetch of the same content for
     * the same notification. For another notification it is another event: the content may have changed and changed back.
     */
    public static String eventId(Delivery document) {
        return eventId(document, document.header(HEADER).orElse(""));
    }

    /** Event id of a document that contains the time of its last change: the same for every notification. */
    public static String datedEventId(Delivery document) {
        return eventId(document, "");
    }

    private static String eventId(Delivery document, String notifiedAt) {
        var parts = List.of(
                document.fetchedFrom().orElse(""), notifiedAt, document.body().sha256());
        return "seen:" + Bytes.utf8(String.join("\n", parts)).sha256();
    }

    /**
     * Reads the time of the notification that a document was fetched for.
     *
     * @throws RefusedException MISSING_FIELD, INVALID_TIME or TIME_OUT_OF_RANGE
     */
    public static Instant read(Delivery document) {
        var text = document.header(HEADER)
                .orElseThrow(() -> new RefusedException(Reason.MISSING_FIELD, HEADER + ": missing"));
        try {
            return new Times(document.receivedAt()).occurred(Instant.parse(text), HEADER);
        } catch (DateTimeException e) {
            throw new RefusedException(Reason.INVALID_TIME, HEADER + ": not a time such as 2026-09-01T12:00:00Z");
        }
    }
}
