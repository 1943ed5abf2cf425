package ipn.drift;

import ipn.gateway.AccountId;
import ipn.gateway.Acknowledgement;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Item;
import ipn.gateway.Reverification;
import ipn.gateway.Reverification.Cause;
import ipn.gateway.Reverification.NotVerifiable;
import ipn.gateway.Translation;
import ipn.gateway.Verdict;
import ipn.gateway.content.Bytes;
import ipn.gateway.content.PayloadView;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A gateway that never was: it ignores whatever begins with {@code ping} and refuses the rest. */
final class Acme implements GatewayAccount {
    static final String NAME = "acme";

    static Delivery says(String json) {
        return says(json, Map.of());
    }

    static Delivery says(String json, Map<String, List<String>> headers) {
        return new Delivery(headers, Bytes.utf8(json), Instant.EPOCH);
    }

    /** Told by a known shape, of an event of this type. */
    static List<Finding> findings(List<String> shape, String type, Delivery delivery) {
        var detector = new DriftDetector(Map.of(NAME, KnownSchema.parse(shape)));
        return detector.findings(new Acme(), delivery, new Item(0, "acme/main/1", "acme/main/e", type));
    }

    @Override
    public AccountId id() {
        return new AccountId(NAME, "main", false);
    }

    @Override
    public Set<String> contentTypes() {
        return Set.of();
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
    public List<Item> identify(Delivery delivery) {
        var type = PayloadView.ofJson(delivery.body())
                .orElseThrow()
                .fields()
                .node()
                .path("type");
        return List.of(new Item(0, "acme/main/1", "acme/main/e", type.asText()));
    }

    @Override
    public Translation translate(Delivery delivery, Item item) {
        return item.type().startsWith("ping")
                ? new Translation.Ignored(item.type())
                : new Translation.Refused(Reason.MALFORMED, "never was");
    }

    @Override
    public Reverification reverify(Delivery stored) {
        return new NotVerifiable(Cause.PROOF_NOT_STORED);
    }

    @Override
    public Acknowledgement acknowledgement() {
        throw new UnsupportedOperationException("nobody asks");
    }
}
