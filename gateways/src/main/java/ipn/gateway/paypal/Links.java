package ipn.gateway.paypal;

import ipn.gateway.content.JsonField;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the links of a resource: URLs of related resources at PayPal's API. */
final class Links {
    private static final Pattern TARGET =
            Pattern.compile("https://[^/]{1,100}/v[12]/[a-z/]{1,60}/([a-z]{1,30})/([A-Za-z0-9-]{1,100})");

    private Links() {}

    /**
     * The id of a related resource.
     *
     * @param relation such as {@code up}
     * @param collection the required collection in the URL: {@code captures}, {@code orders} ...
     */
    static Optional<String> id(JsonField resource, String relation, String collection) {
        return resource.at("links").elements().stream()
                .filter(link -> link.at("rel").glance().filter(relation::equals).isPresent())
                .flatMap(link -> link.at("href").glance().stream())
                .map(TARGET::matcher)
                .filter(target -> target.matches() && target.group(1).equals(collection))
                .map(target -> target.group(2))
                .findFirst();
    }
}
