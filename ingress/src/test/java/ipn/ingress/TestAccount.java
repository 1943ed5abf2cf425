package ipn.ingress;

import ipn.gateway.AccountId;
import ipn.gateway.Accounts;
import ipn.gateway.Acknowledgement;
import ipn.gateway.ChallengeResponder;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Item;
import ipn.gateway.Reverification;
import ipn.gateway.Reverification.Cause;
import ipn.gateway.Reverification.NotVerifiable;
import ipn.gateway.Translation;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.Verdict.Rejected;
import ipn.gateway.content.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An account of a gateway that exists only here. It signs as many do: {@code Test-Signature: t=<seconds>,v1=<hex>} with an
 * HMAC-SHA256 over {@code t.body}. A body is {@code <payment> <event> ...}; lines make a batch.
 */
final class TestAccount implements GatewayAccount, ChallengeResponder {
    static final String SECRET = "a-secret-only-tests-know";
    static final String OLD_SECRET = "an-older-secret-of-tests";
    static final Instant OLD_SECRET_ENDS = Instant.parse("2031-01-01T00:00:00Z");
    private static final long TOLERANCE_SECONDS = 300;

    private final AccountId id;
    private final String secret;
    private boolean slow;
    private BiFunction<TestAccount, Delivery, CompletionStage<Verdict>> judge = TestAccount::bySignature;
    private BiFunction<TestAccount, Delivery, List<Item>> identifier = TestAccount::byLines;
    private Acknowledgement acknowledgement = new Acknowledgement(200, "text/plain", "[accepted]");
    private Function<String, Optional<Acknowledgement>> answer = query -> Optional.empty();
    private Duration patience = Duration.ofMinutes(1);
    private volatile Instant now = Instant.EPOCH;

    TestAccount(String account, String secret) {
        this.id = new AccountId("test", account, false);
        this.secret = secret;
    }

    static TestAccount main() {
        return new TestAccount("main", SECRET);
    }

    TestAccount slowly() {
        slow = true;
        return this;
    }

    TestAccount judging(BiFunction<TestAccount, Delivery, CompletionStage<Verdict>> how) {
        judge = how;
        return this;
    }

    TestAccount identifying(BiFunction<TestAccount, Delivery, List<Item>> how) {
        identifier = how;
        return this;
    }

    TestAccount acknowledging(Acknowledgement with) {
        acknowledgement = with;
        return this;
    }

    TestAccount waiting(Duration how) {
        patience = how;
        return this;
    }

    @Override
    public Duration responseTimeout() {
        return patience;
    }

    TestAccount answering(Function<String, Optional<Acknowledgement>> how) {
        answer = how;
        return this;
    }

    static Accounts accounts(GatewayAccount... all) {
        var byName = new LinkedHashMap<String, GatewayAccount>();
        for (var account : all) {
            byName.put(account.id().gateway() + "/" + account.id().account(), account);
        }
        return new Accounts(byName);
    }

    @Override
    public AccountId id() {
        return id;
    }

    @Override
    public Set<String> contentTypes() {
        return Set.of("application/json");
    }

    @Override
    public Set<String> keptHeaders() {
        return Set.of("test-signature", "test-version");
    }

    @Override
    public boolean verifiesOffEventLoop() {
        return slow;
    }

    @Override
    public CompletionStage<Verdict> authenticate(Delivery delivery, Instant now) {
        this.now = now;
        return judge.apply(this, delivery);
    }

    @Override
    public Optional<Acknowledgement> answer(String query) {
        return answer.apply(query);
    }

    CompletionStage<Verdict> bySignature(Delivery delivery) {
        return CompletableFuture.completedFuture(verdict(delivery));
    }

    private Verdict verdict(Delivery delivery) {
        var claims = delivery.headers("test-signature");
        if (claims.size() != 1) {
            return new Rejected(claims.isEmpty() ? Reason.SIGNATURE_MISSING : Reason.SIGNATURE_AMBIGUOUS);
        }
        var parts = claims.get(0).split(",");
        if (parts.length != 2 || !parts[0].matches("t=[0-9]{1,11}") || !parts[1].matches("v1=[0-9a-f]{64}")) {
            return new Rejected(Reason.SIGNATURE_MALFORMED);
        }
        var signedAt = Long.parseLong(parts[0].substring(2));
        if (Math.abs(now.getEpochSecond() - signedAt) > TOLERANCE_SECONDS) {
            return new Rejected(Reason.SIGNED_OUTSIDE_TOLERANCE);
        }
        var claimed = HexFormat.of().parseHex(parts[1].substring(3));
        var message = signed(signedAt, delivery.body().array());
        if (MessageDigest.isEqual(claimed, hmac(secret, message))) {
            return new Genuine("hmac-sha256", "env:TEST_SECRET");
        }
        var oldCounts = now.isBefore(OLD_SECRET_ENDS);
        if (oldCounts && MessageDigest.isEqual(claimed, hmac(OLD_SECRET, message))) {
            return new Genuine("hmac-sha256", "env:TEST_SECRET_OLD");
        }
        return new Rejected(Reason.SIGNATURE_WRONG);
    }

    @Override
    public List<Item> identify(Delivery delivery) {
        return identifier.apply(this, delivery);
    }

    private List<Item> byLines(Delivery delivery) {
        var items = new ArrayList<Item>();
        for (var line : delivery.body().utf8().split("\n")) {
            var words = line.split(" ");
            if (words.length < 2) {
                return List.of(Item.unidentified(id, delivery.body()));
            }
            items.add(new Item(items.size(), id.key(Item.keyPart(words[0])), id.key(Item.keyPart(words[1])), "paid"));
        }
        return items;
    }

    @Override
    public Translation translate(Delivery delivery, Item item) {
        return new Translation.Ignored(item.type());
    }

    @Override
    public Reverification reverify(Delivery stored) {
        return new NotVerifiable(Cause.PROOF_NOT_STORED);
    }

    @Override
    public Acknowledgement acknowledgement() {
        return acknowledgement;
    }

    /** What the gateway would put into {@code Test-Signature}. */
    static String signature(String secret, Instant at, byte[] body) {
        var seconds = at.getEpochSecond();
        return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(hmac(secret, signed(seconds, body)));
    }

    static Map<String, String> signatureHeader(Instant at, byte[] body) {
        return Map.of("Test-Signature", signature(SECRET, at, body));
    }

    private static byte[] signed(long seconds, byte[] body) {
        var message = new ByteArrayOutputStream();
        message.writeBytes((seconds + ".").getBytes(StandardCharsets.US_ASCII));
        message.writeBytes(body);
        return message.toByteArray();
    }

    private static byte[] hmac(String secret, byte[] message) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static Bytes bytes(String text) {
        return Bytes.utf8(text);
    }
}
