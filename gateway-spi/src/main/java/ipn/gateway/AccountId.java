package ipn.gateway;

import ipn.key.EventKey;
import ipn.key.PaymentKey;

/**
 * One configured account.
 *
 * @param gateway gateway name
 * @param account the operator's name for the account
 * @param live false for a test account
 */
public record AccountId(String gateway, String account, boolean live) {
    /** {@code gateway/account/id}: a payment key of this account. */
    public String key(String id) {
        return new PaymentKey(gateway, account, id).toString();
    }

    /** The key of what the gateway calls by that id, whatever stands there: the id as it is where it is a plain one, else its hash. */
    public String keyOf(String id) {
        return key(Item.keyPart(id));
    }

    /** The event key of what the gateway calls by that id: the id as it is where it is a plain one, else its hash. */
    public String eventKeyOf(String id) {
        return new EventKey(gateway, account, Item.keyPart(id)).toString();
    }

    /** {@code /ipn/gateway/account}: the path it is served at, and the CloudEvents source. */
    public String path() {
        return "/ipn/" + gateway + "/" + account;
    }
}
