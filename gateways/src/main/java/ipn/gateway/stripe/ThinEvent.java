package ipn.gateway.stripe;

import ipn.gateway.Delivery;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.JsonShape;
import ipn.gateway.content.RefusedException;
import ipn.gateway.content.StrictJson;
import ipn.gateway.content.Times;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An event of API v2, {@code "object": "v2.core.event"}: it names an object and does not contain it.
 *
 * @param path of the object at Stripe's API
 * @param created in whole seconds, as in all other events, so that the rank decides within one second
 * @param context the connected account of the event; empty for the account itself
 */
record ThinEvent(String path, Instant created, boolean live, Optional<String> context) {
    private static final JsonShape WANTED =
            JsonShape.of(List.of("/object", "/created", "/livemode", "/context", "/related_object/url"));

    /**
     * Paths of objects that may be fetched: in version 1 those that can be read here; in version 2 any, so that a newer
     * release can read them.
     */
    private static final Pattern PATH = Pattern.compile(
            "/v1/(payment_intents|charges|refunds|disputes|invoices|subscriptions|checkout/sessions)/[A-Za-z0-9_]{1,200}"
                    + "|/v2(/[A-Za-z0-9_-]{1,200}){2,6}");

    static boolean isThin(JsonField event) {
        return event.at("object").glance().filter("v2.core.event"::equals).isPresent();
    }

    /** The thin event in a delivery; empty where there is none, or its object cannot be fetched. */
    static Optional<ThinEvent> read(Delivery delivery) {
        try {
            return StrictJson.glance(delivery.body(), WANTED)
                    .filter(ThinEvent::isThin)
                    .flatMap(event -> read(event, new Times(delivery.receivedAt())));
        } catch (RefusedException e) {
            return Optional.empty();
        }
    }

    private static Optional<ThinEvent> read(JsonField event, Times times) {
        var created = event.at("created");
        var at = times.occurred(Times.isoOrSeconds(created), created.pointer()).truncatedTo(ChronoUnit.SECONDS);
        var live = event.at("livemode").required().flag();
        var context = event.at("context").id();
        return event.at("related_object")
                .at("url")
                .glance()
                .filter(path -> PATH.matcher(path).matches())
                .map(path -> new ThinEvent(path, at, live, context));
    }
}
