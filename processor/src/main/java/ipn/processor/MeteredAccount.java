package ipn.processor;

import ipn.gateway.Accounts;

/**
 * An account as metrics name it. All that are not in the settings are one, so that forged records add no series.
 *
 * @param gateway id
 * @param name of the account
 */
record MeteredAccount(String gateway, String name) {
    private static final String UNKNOWN = "unknown";

    /** Any that is not in the settings. */
    static final MeteredAccount NONE = new MeteredAccount(UNKNOWN, UNKNOWN);

    static MeteredAccount of(Accounts accounts, String gateway, String name) {
        return accounts.find(gateway, name).isPresent() ? new MeteredAccount(gateway, name) : NONE;
    }
}
