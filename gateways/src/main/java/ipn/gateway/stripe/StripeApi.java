package ipn.gateway.stripe;

import ipn.gateway.AccountSettings;
import ipn.gateway.Delivery;
import ipn.gateway.NotificationTime;
import ipn.gateway.Receiver;
import ipn.gateway.content.Bytes;
import ipn.gateway.content.JsonShape;
import ipn.gateway.content.StrictJson;
import ipn.http.BoundedHttp;
import ipn.http.HttpReply;
import ipn.http.HttpSettings;
import ipn.http.Unreachable;
import ipn.settings.Secret;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Fetches the objects that thin events are about.
 *
 * @param live mode of the account, and of its keys
 * @param receiver accounts whose events are followed
 * @param keys API keys, of which the first active one is used; several during a rotation
 */
record StripeApi(boolean live, Receiver receiver, List<Secret> keys, BoundedHttp http) {
    static final String HOST = "api.stripe.com";

    /** Objects are fetched in the format of this API version, whatever the account's default version is. */
    static final String VERSION = "2026-07-29.dahlia";

    private static final int KEY_LENGTH_MIN = 16;

    /** Invoices with many lines are the largest objects; Stripe truncates their lists. */
    private static final int BYTES_MAX = 1024 * 1024;

    /** Empty where no key is configured. */
    static Optional<StripeApi> from(AccountSettings account, Receiver receiver) {
        var settings = account.settings();
        var live = account.id().live();
        var http = HttpSettings.toHosts(settings, live, Set.of(HOST));
        if (!settings.has("api-key")) {
            return Optional.empty();
        }
        var keys = settings.secrets("api-key", !live, KEY_LENGTH_MIN);
        var form = "[sr]k_" + (live ? "live" : "test") + "_[A-Za-z0-9_]{1,500}";
        for (var key : keys) {
            if (!key.text().matches(form)) {
                settings.problems()
                        .add(
                                settings.full("api-key"),
                                key.id() + " has another format",
                                live
                                        ? "an API key of live mode, rk_live_... or sk_live_..."
                                        : "an API key of a sandbox, rk_test_... or sk_test_...");
            }
        }
        return Optional.of(new StripeApi(live, receiver, List.copyOf(keys), new BoundedHttp(http)));
    }

    /**
     * The fetched object of a thin event; empty where the delivery has none to fetch. Fails where Stripe gives no
     * answer or does not find the object.
     */
    CompletionStage<List<Delivery>> because(Delivery notification, Instant now) {
        return ThinEvent.read(notification)
                .filter(event -> event.live() == live
                        && event.context().map(receiver::accepts).orElse(true))
                .map(event -> look(event, notification, now))
                .orElseGet(() -> CompletableFuture.completedFuture(List.of()));
    }

    private CompletionStage<List<Delivery>> look(ThinEvent event, Delivery notification, Instant now) {
        var key = keys.stream().filter(secret -> secret.activeAt(now)).findFirst();
        if (key.isEmpty()) {
            return CompletableFuture.failedFuture(new Unreachable("no API key is active (see gateways.stripe)"));
        }
        var url = "https://" + HOST + event.path();
        var headers = new HashMap<>(Map.of(
                "Accept",
                "application/json",
                "Authorization",
                "Bearer " + key.get().text(),
                "Stripe-Version",
                VERSION));
        event.context().ifPresent(context -> headers.put("Stripe-Context", context));
        return http.get(URI.create(url), headers, BYTES_MAX)
                .thenApply(reply -> List.of(NotificationTime.document(
                        url, reply.contentType(), seen(reply), notification, event.created())));
    }

    private Bytes seen(HttpReply reply) {
        if (reply.status() == 404) {
            // The verified event proves that the object exists, so the key has no access to it.
            throw new CompletionException(new Unreachable(HOST + " does not find the object: status 404; "
                    + "is api-key one of the account that sends the events, in mode " + (live ? "live" : "test")
                    + "?"));
        }
        if (!reply.ok() || StrictJson.glance(reply.body(), JsonShape.WHOLE).isEmpty()) {
            throw new CompletionException(new Unreachable(
                    HOST + " did not return a JSON document: status " + Integer.toString(reply.status())));
        }
        return reply.body();
    }

    @Override
    public String toString() {
        return "StripeApi[" + keys + "]";
    }
}
