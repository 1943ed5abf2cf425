package ipn.gateway.googleplay;

import ipn.gateway.Delivery;
import ipn.gateway.content.Bytes;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.PayloadView;
import ipn.gateway.content.RefusedException;
import ipn.gateway.content.StrictDecoding;
import ipn.gateway.content.StrictJson;
import ipn.gateway.content.Times;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.Optional;

/**
 * A developer notification (version 1.0) out of a Pub/Sub push message.
 *
 * @param messageId of Pub/Sub, the same on every redelivery
 * @param subscription the Pub/Sub subscription that pushed it
 * @param at by Google Play's clock
 * @param kind the member that contains its subject
 */
record GooglePlayNotification(
        String messageId, String subscription, String packageName, Instant at, NotificationKind kind, JsonField about) {

    /**
     * Reads strictly.
     *
     * @throws RefusedException MALFORMED, MISSING_FIELD, INVALID_ID, INVALID_TIME ...
     */
    static GooglePlayNotification read(Delivery delivery) {
        var push = StrictJson.read(delivery.body());
        var message = push.at("message");
        var messageId = messageId(message).required().id().orElseThrow();
        var subscription = push.at("subscription").required().text().orElseThrow();
        var data = data(message.at("data").required());
        var packageName = data.at("packageName").required().text().orElseThrow();
        var at = data.at("eventTimeMillis");
        var kind = NotificationKind.of(data);
        return new GooglePlayNotification(
                messageId,
                subscription,
                packageName,
                new Times(delivery.receivedAt()).occurred(Times.millis(at), at.pointer()),
                kind,
                data.at(kind.member()));
    }

    /** Pub/Sub writes it in two ways, both in every message. */
    static JsonField messageId(JsonField message) {
        var id = message.at("messageId");
        return id.isPresent() ? id : message.at("message_id");
    }

    /** Google Play's notification; empty if it is malformed. */
    static Optional<PayloadView> payloadView(Bytes body) {
        return RefusedException.unlessRefused(() -> new PayloadView(
                data(StrictJson.read(body).at("message").at("data").required())));
    }

    private static JsonField data(JsonField field) {
        var bytes = field.glance().flatMap(StrictDecoding::base64);
        return new JsonField(
                StrictJson.read(bytes.orElseThrow(() -> notBase64(field))).node(), field.pointer());
    }

    private static RefusedException notBase64(JsonField field) {
        return new RefusedException(Reason.MALFORMED, field.pointer() + ": not base64");
    }

    /** The kind of document to fetch; empty if there is none. */
    Optional<PublisherResource.Kind> purchase() {
        return switch (kind.known()) {
            case SUBSCRIPTION -> Optional.of(PublisherResource.Kind.SUBSCRIPTION);
            case ONE_TIME -> Optional.of(PublisherResource.Kind.PRODUCT);
            case VOIDED ->
                switch (about.at("productType").glance().orElse("")) {
                    case "1" -> Optional.of(PublisherResource.Kind.SUBSCRIPTION);
                    case "2" -> Optional.of(PublisherResource.Kind.PRODUCT);
                    default -> Optional.empty();
                };
            case REVIEW, TEST, OTHER -> Optional.empty();
        };
    }

    /** Omits ids. */
    @Override
    public String toString() {
        return "GooglePlayNotification[" + kind.known() + "]";
    }
}
