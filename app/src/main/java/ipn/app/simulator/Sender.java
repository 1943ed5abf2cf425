package ipn.app.simulator;

import ipn.gateway.AccountId;

/**
 * The merchant account a simulated gateway sends for.
 *
 * @param secret what it signs with
 * @param receiver the merchant's address at the gateway, where its notifications name one
 */
public record Sender(AccountId account, String secret, String receiver) {

    /** The same account with a secret nobody configured. */
    Sender forged() {
        return new Sender(
                account, secret.substring(0, secret.indexOf('_') + 1) + "Zm9yZ2VkZm9yZ2VkZm9yZ2VkZm9yZ2Vk", receiver);
    }

    @Override
    public String toString() {
        return "Sender[" + account + "]";
    }
}
