package ipn.bench.imports;

import java.time.Instant;

/** An export of subscriptions to premium, with the columns of Stripe's dashboard. */
public final class StripeExport {
    /** The first line. */
    public static final String HEADER =
            "id,Customer ID,Plan,Quantity,Currency,Interval,Amount,Status,Created (UTC),Current Period Start (UTC),"
                    + "Current Period End (UTC),Trial End (UTC),Cancel At Period End,user_id (metadata)";

    private StripeExport() {}

    /**
     * One subscription, which began with the current period.
     *
     * @param id part of the ids of the subscription and of its customer
     * @param start of the current period
     * @param end of the current period
     */
    public static String line(String id, String user, Instant start, Instant end) {
        return "sub_%s,cus_%s,price_premium,1,usd,month,8.00,active,%s,%s,%s,,false,%s"
                .formatted(id, id, start, start, end, user);
    }
}
