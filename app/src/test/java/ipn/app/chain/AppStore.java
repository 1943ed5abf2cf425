package ipn.app.chain;

import ipn.gateway.AccountId;
import ipn.gateway.Accounts;
import ipn.gateway.Acknowledgement;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Item;
import ipn.gateway.Notification;
import ipn.gateway.Reverification;
import ipn.gateway.Reverification.Cause;
import ipn.gateway.Reverification.NotVerifiable;
import ipn.gateway.Translation;
import ipn.gateway.Verdict;
import ipn.topics.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;

/** A gateway that keeps all charges of a subscription under one key: a body is the name of a notification noted before. */
final class AppStore implements GatewayAccount {
    private static final AccountId ID = new AccountId("app-store", "main", true);
    private final Map<String, String> keys = new HashMap<>();
    private final Map<String, Notification> notifications = new HashMap<>();

    static String key(String original) {
        return ID.key(original);
    }

    Accounts accounts() {
        return new Accounts(Map.of("app-store/main", this));
    }

    /** The raw record of a notification. */
    TestRecord<String, byte[]> record(String event, String original, Notification notification) {
        keys.put(event, key(original));
        notifications.put(event, notification);
        var headers = new RecordHeaders();
        headers.add(Headers.CE_SOURCE, ID.path().getBytes(StandardCharsets.UTF_8))
                .add(Headers.RECEIVED_AT, Chain.NOW.toString().getBytes(StandardCharsets.UTF_8));
        return new TestRecord<>(key(original), event.getBytes(StandardCharsets.UTF_8), headers, Chain.NOW);
    }

    @Override
    public List<Item> identify(Delivery delivery) {
        var event = delivery.body().utf8();
        return List.of(new Item(0, keys.get(event), ID.key(event), "noted"));
    }

    @Override
    public Translation translate(Delivery delivery, Item item) {
        return new Translation.Understood(notifications.get(delivery.body().utf8()));
    }

    @Override
    public AccountId id() {
        return ID;
    }

    @Override
    public Set<String> contentTypes() {
        return Set.of("text/plain");
    }

    @Override
    public Set<String> keptHeaders() {
        return Set.of();
    }

    @Override
    public boolean verifiesOffEventLoop() {
        return false;
    }

    @Override
    public CompletionStage<Verdict> authenticate(Delivery delivery, Instant now) {
        return CompletableFuture.completedFuture(new Verdict.Genuine("none", "none"));
    }

    @Override
    public Reverification reverify(Delivery stored) {
        return new NotVerifiable(Cause.PROOF_NOT_STORED);
    }

    @Override
    public Acknowledgement acknowledgement() {
        return Acknowledgement.EMPTY_200;
    }
}
