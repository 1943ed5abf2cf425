package ipn.gateway;

/**
 * One configured account.
 *
 * @param gateway gateway name
 * @param account the operator's name for the account
 * @param live false for a test account
 */
public record AccountId(String gateway, String account, boolean live) {
    /** {@code gateway/account/id}: an event key or a payment key of this account. */
    public String key(String id) {
        return gateway + "/" + account + "/" + id;
    }

    /** The key of what the gateway calls by that id, whatever stands there: the id as it is where it is a plain one, else its hash. */
    public String keyOf(String id) {
        return key(Item.keyPart(id));
    }

    /** {@code /ipn/gateway/account}: the path it is served at, and the CloudEvents source. */
    public String path() {
        return "/ipn/" + gateway + "/" + account;
    }
}
