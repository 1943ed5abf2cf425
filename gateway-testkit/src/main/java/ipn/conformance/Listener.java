package ipn.conformance;

import ipn.fact.Fact;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Item;
import ipn.gateway.Notification;
import ipn.gateway.Translation;
import ipn.gateway.content.Bytes;
import ipn.topics.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An account that receives bodies in a short notation: JSON with single quotes.
 *
 * @param headers of every delivery, lower case
 */
public record Listener(GatewayAccount account, Map<String, String> headers) {

    public Listener with(String header, String value) {
        var more = new HashMap<>(headers);
        more.put(header, value);
        return new Listener(account, more);
    }

    public Delivery delivery(String body) {
        var all = new HashMap<String, List<String>>();
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        return new Delivery(all, Bytes.utf8(body.replace('\'', '"')), GatewayUnderTest.RECEIVED_AT);
    }

    public Item item(String body) {
        return account.identify(delivery(body)).get(0);
    }

    /** Last part of the payment key. */
    public String paymentId(String body) {
        return item(body).paymentKey().replace(account.id().key(""), "");
    }

    public Translation translated(String body) {
        var delivery = delivery(body);
        return account.translate(delivery, account.identify(delivery).get(0));
    }

    public Notification understood(String body) {
        if (translated(body) instanceof Translation.Understood understood) {
            return understood.notification();
        }
        throw new AssertionError("not understood: " + translated(body));
    }

    public List<Fact> facts(String body) {
        return understood(body).facts();
    }

    /** The facts of one kind. */
    public <F extends Fact> List<F> facts(Class<F> kind, String body) {
        return facts(body).stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The reason of the refusal. */
    public Reason refusal(String body) {
        if (translated(body) instanceof Translation.Refused refused) {
            return refused.reason();
        }
        throw new AssertionError("not refused: " + translated(body));
    }
}
