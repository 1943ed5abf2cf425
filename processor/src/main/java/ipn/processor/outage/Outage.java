package ipn.processor.outage;

/**
 * One cause of failure that has too large a share of the records of an account.
 *
 * @param account gateway/account
 * @param fingerprint of the dead letters, see {@code ipn dlq}
 * @param reason code
 * @param failed records of this cause within the window
 * @param total records of the account within the window
 */
public record Outage(String account, String fingerprint, String reason, long failed, long total) {

    /** For people. */
    public String text() {
        return "%s: %d of the last %d records failed for one cause, %s (fingerprint %s)"
                .formatted(account, failed, total, reason, fingerprint);
    }

    public String gateway() {
        return account.substring(0, slash());
    }

    /** The account, without its gateway. */
    public String accountName() {
        return account.substring(Math.min(account.length(), slash() + 1));
    }

    private int slash() {
        var slash = account.indexOf('/');
        return slash < 0 ? account.length() : slash;
    }
}
