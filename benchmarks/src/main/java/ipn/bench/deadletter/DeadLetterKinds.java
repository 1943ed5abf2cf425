package ipn.bench.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.gateway.Accounts;
import ipn.gateway.Delivery;
import ipn.gateway.Source;
import ipn.gateway.Verdict;
import ipn.gateway.content.Bytes;
import ipn.ingress.log.RawRecords;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Raw records of twelve kinds that cannot be processed: six of accounts that are not configured, which a changed setting repairs, and six with a
 * wrong field, which nothing repairs.
 *
 * @param accounts all accounts, as they are after the repair
 */
record DeadLetterKinds(Accounts accounts, String topic, Instant now) {
    static final int KINDS = 12;
    private static final int USERS = 40_000;

    private static final List<String> BROKEN = List.of(
            "'livemode':false=>'livemode':true",
            "'currency':'usd'=>'currency':'zzz'",
            "'amount_received':2500=>'amount_received':'x'",
            "'created':=>'created':'soon','was':",
            "'currency':'usd',=>",
            "'object':'event',=>'object':");

    /** Settings with or without the accounts that are missing at first. */
    static String settings(boolean repaired) {
        var shops = new StringBuilder();
        for (var shop = 0; repaired && shop < KINDS / 2; shop++) {
            shops.append("    shop%d: {mode: test, secrets: 'test:whsec_bench_of_a_shop_%d_0123456789'}%n"
                    .formatted(shop, shop));
        }
        return """
                gateways:
                  stripe:
                    main: {mode: test, secrets: 'test:whsec_bench_main_0123456789abcdef'}
                %sproducts:
                  promoted-post: {entitlement: promotion, kind: once, scope: reference, prices: {USD: 2500}}
                processor: {reverify: none}
                """.formatted(shops);
    }

    /** How many of so many records nothing repairs. */
    static int beyondRepair(int records) {
        return records / KINDS * (KINDS / 2) + Math.max(0, records % KINDS - KINDS / 2);
    }

    ProducerRecord<byte[], byte[]> record(int number) {
        var kind = number % KINDS;
        var isRepairable = kind < KINDS / 2;
        var body = body(number);
        if (!isRepairable) {
            var change = BROKEN.get(kind - KINDS / 2).split("=>", -1);
            body = body.replace(change[0].replace('\'', '"'), change[1].replace('\'', '"'));
        }
        var account = Objects.requireNonNull(
                accounts.byName().get("stripe/" + (isRepairable ? "shop" + kind : "main")), "account");
        var delivery = new Delivery(
                Map.of("content-type", List.of("application/json")),
                Bytes.wrap(body.getBytes(UTF_8)),
                now,
                Optional.empty(),
                Source.UNKNOWN);
        var genuine = new Verdict.Genuine("hmac-sha256", "1", List.of());
        return RawRecords.of(topic, account, delivery, genuine, account.identify(delivery))
                .get(0);
    }

    private String body(int number) {
        return ("{'id':'evt_%d','object':'event','type':'payment_intent.succeeded','created':%d,'livemode':false,"
                        + "'data':{'object':{'id':'pi_%d','object':'payment_intent','amount':2500,'amount_received':2500,'currency':'usd',"
                        + "'metadata':{'user_id':'u_%d','product':'promoted-post','reference':'post_%d'}}}}")
                .formatted(number, now.getEpochSecond(), number, number % USERS, number)
                .replace('\'', '"');
    }
}
