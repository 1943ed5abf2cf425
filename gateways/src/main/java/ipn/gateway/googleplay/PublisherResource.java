package ipn.gateway.googleplay;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The location of a document in the Android Publisher API. Purchase documents do not contain their own purchase token, so only
 * the location identifies the purchase.
 *
 * @param id a purchase token, or an order id
 */
record PublisherResource(Kind kind, String packageName, String id) {
    static final String HOST = "androidpublisher.googleapis.com";

    private static final String APPLICATIONS = "https://" + HOST + "/androidpublisher/v3/applications/";
    private static final Pattern URL = Pattern.compile(
            Pattern.quote(APPLICATIONS)
                    + "([A-Za-z0-9_.]{1,200})/(purchases/subscriptionsv2/tokens|purchases/productsv2/tokens|orders)/([!-.0->@-~]{1,3000})");

    enum Kind {
        SUBSCRIPTION("purchases/subscriptionsv2/tokens", "subscriptionPurchaseV2"),
        PRODUCT("purchases/productsv2/tokens", "productPurchaseV2"),
        ORDER("orders", "order");

        private final String path;
        private final String type;

        Kind(String path, String type) {
            this.path = path;
            this.type = type;
        }

        /** As the API calls the document. */
        String type() {
            return type;
        }
    }

    String url() {
        return APPLICATIONS + packageName + "/" + kind.path + "/"
                + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The place a document was fetched from; empty where it is no place of this API. */
    static Optional<PublisherResource> of(String url) {
        var found = URL.matcher(url);
        if (!found.matches()) {
            return Optional.empty();
        }
        for (var kind : Kind.values()) {
            if (kind.path.equals(found.group(2))) {
                return decoded(found.group(3)).map(id -> new PublisherResource(kind, found.group(1), id));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8)).filter(GooglePlayIds::isToken);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Omits ids. */
    @Override
    public String toString() {
        return "PublisherResource[" + kind + "]";
    }
}
