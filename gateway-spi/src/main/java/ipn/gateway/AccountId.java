package ipn.gateway;

import ipn.key.EventKey;
import ipn.key.PaymentKey;

/**
 * One configured account.
 *
 * @param gateway gateway name
 * @param account the operator's name for the account
 * @param live false for a test account
 * @param shadow true: its notifications are real and processed as live ones, and nothing that follows from them is emitted to users
 */
public record AccountId(String gateway, String account, boolean live, boolean shadow) {
    /** An account that is live, or a test account. */
    public AccountId(String gateway, String account, boolean live) {
        this(gateway, account, live, false);
    }

    /** {@code gateway/account/id}: a payment key of this account. */
    public String key(String id) {
        return new PaymentKey(gateway, account, id).toString();
    }

    /** The payment key for an id of the gateway: contains the id unchanged if it is a plain id, otherwise its hash. */
    public String keyOf(String id) {
        return key(Item.keyPart(id));
    }

    /** The event key for an id of the gateway: contains the id unchanged if it is a plain id, otherwise its hash. */
    public String eventKeyOf(String id) {
        return new EventKey(gateway, account, Item.keyPart(id)).toString();
    }

    /** {@code /ipn/gateway/account}: the HTTP path of the account, and its CloudEvents source. */
    public String path() {
        return "/ipn/" + gateway + "/" + account;
    }
}
