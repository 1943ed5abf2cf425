package ipn.gateway.paypalipn;

import ipn.gateway.content.RefusedException;
import ipn.settings.Settings;
import ipn.topics.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The accepted receivers of money. PayPal verifies every message that it sent, including messages about other accounts;
 * the receiver binds a message to this account.
 *
 * @param ours e-mail addresses in lower case, and merchant ids
 */
record Receivers(Set<String> ours) {
    private static final List<String> FIELDS = List.of("receiver_email", "business", "receiver_id");

    Receivers {
        ours = Set.copyOf(ours);
    }

    static Receivers from(Settings settings) {
        var named =
                settings.list("receiver").stream().map(Receivers::comparable).toList();
        if (named.isEmpty() || named.stream().anyMatch(name -> !name.matches("[!-~]{1,127}"))) {
            var actual = named.isEmpty() ? "missing" : "blank, or no address";
            var expected = "the e-mail address or merchant id that receives the money, or a list of them";
            settings.problems().add(settings.full("receiver"), actual, expected);
        }
        return new Receivers(named.stream().collect(Collectors.toUnmodifiableSet()));
    }

    void check(IpnMessage message) {
        var isOurs = FIELDS.stream()
                .flatMap(field -> message.text(field).stream())
                .map(Receivers::comparable)
                .anyMatch(ours::contains);
        if (!isOurs) {
            throw new RefusedException(
                    Reason.WRONG_RECEIVER, "%s: none is a configured receiver".formatted(String.join(", ", FIELDS)));
        }
    }

    private static String comparable(String receiver) {
        var name = receiver.strip();
        return name.contains("@") ? name.toLowerCase(Locale.ROOT) : name;
    }
}
