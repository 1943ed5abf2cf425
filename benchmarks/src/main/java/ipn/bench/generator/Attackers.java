package ipn.bench.generator;

import ipn.bench.generator.LoadPlan.Attack;
import ipn.bench.generator.LoadPlan.Phase;
import ipn.bench.load.IngressCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Sends what an ingress has to refuse, from other addresses than the gateways: slow bodies, wrong signatures, oversized bodies. */
final class Attackers implements AutoCloseable {
    private static final int ADDRESSES = 16;
    private static final int CONNECTIONS_MAX = 512;
    /** One byte more than the ingress takes. */
    private static final int OVERSIZED = 1024 * 1024 + 1;

    private static final Map<String, String> JSON = Map.of("content-type", "application/json");
    private static final String PATH = "/ipn/stripe/main";

    private final Attack attack;
    private final InetSocketAddress target;
    private final String address;
    private final List<PreparedCall> forged;
    private final ExecutorService threads = Executors.newFixedThreadPool(3);
    private final Map<String, Future<Map<Integer, Integer>>> running = new TreeMap<>();

    /** @param forged calls with a wrong signature */
    Attackers(Attack attack, InetSocketAddress target, List<IngressCall> forged) {
        this.attack = attack;
        this.target = target;
        this.address = target.getHostString() + ":" + target.getPort();
        this.forged =
                forged.stream().map(call -> PreparedCall.of(address, call)).toList();
    }

    void start(double seconds) {
        start(
                "slow bodies",
                attack.slow(),
                () -> new SlowBodies(target, addresses(), slowHead()).run(attack.slow(), seconds));
        start(
                "wrong signatures",
                attack.forged(),
                () -> sendAtRate(
                        attack.forged(),
                        seconds,
                        forged.stream().map(PreparedCall::request).toList()));
        start("oversized bodies", attack.oversized(), () -> sendAtRate(attack.oversized(), seconds, oversized()));
    }

    private void start(String name, double perSecond, Callable<Map<Integer, Integer>> run) {
        if (perSecond > 0) {
            running.put(name, threads.submit(run));
        }
    }

    /** Waits for the end. The number of calls by kind and status; status 0: no response. */
    Map<String, Map<Integer, Integer>> await() throws ExecutionException, InterruptedException {
        var all = new TreeMap<String, Map<Integer, Integer>>();
        for (var each : running.entrySet()) {
            all.put(each.getKey(), each.getValue().get());
        }
        return all;
    }

    private Map<Integer, Integer> sendAtRate(double perSecond, double seconds, List<byte[]> requests)
            throws IOException, InterruptedException {
        var pace = new Pace(List.of(new Phase((int) Math.max(1, Math.round(perSecond)), seconds)));
        var outcomes = new Outcomes(new long[pace.calls()]);
        try (var sender = new HttpSender(target, addresses(), CONNECTIONS_MAX)) {
            sender.sendAtPace(pace, call -> requests.get(call % requests.size()), outcomes);
        }
        return outcomes.statuses();
    }

    private byte[] slowHead() {
        return PreparedCall.head(address, PATH, JSON, "content-length: 1000");
    }

    /** One with a declared length, one in chunks. */
    private List<byte[]> oversized() {
        var body = new byte[OVERSIZED];
        Arrays.fill(body, (byte) ' ');
        var chunk = (Integer.toHexString(OVERSIZED) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        var end = "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        var all = new ArrayList<byte[]>();
        all.add(PreparedCall.concat(PreparedCall.head(address, PATH, JSON, "content-length: " + OVERSIZED), body));
        all.add(PreparedCall.concat(
                PreparedCall.head(address, PATH, JSON, "transfer-encoding: chunked"), chunk, body, end));
        return all;
    }

    /** Addresses of loopback in turn, none of which the gateways use. */
    private static Supplier<InetSocketAddress> addresses() {
        var next = new AtomicInteger();
        return () -> {
            try {
                var last = (byte) (1 + next.getAndIncrement() % ADDRESSES);
                return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 1, last}), 0);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
