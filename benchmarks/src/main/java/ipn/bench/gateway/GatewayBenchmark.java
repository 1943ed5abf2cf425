package ipn.bench.gateway;

import ipn.gateway.Item;
import ipn.gateway.Translation;
import ipn.gateway.Verdict.Genuine;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Measures the three operations of a gateway account on one authentic delivery, with cached keys and warm code. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // set up by JMH
public class GatewayBenchmark {
    /** One of {@link MeasuredGateway#names()}. */
    @Param("stripe")
    public String gateway;

    private MeasuredGateway measured;
    private Item item;

    @Setup
    public void open() {
        measured = MeasuredGateway.named(gateway);
        measured.genuine();
        item = measured.item();
        if (!(translate() instanceof Translation.Understood)) {
            throw new IllegalStateException(gateway + ": cannot translate the notification of the simulator");
        }
    }

    /** Fails unless the delivery is authentic: a rejection is faster and must not be measured. */
    @Benchmark
    public Genuine authenticate() {
        return measured.genuine();
    }

    @Benchmark
    public List<Item> identify() {
        return measured.account().identify(measured.delivery());
    }

    @Benchmark
    public Translation translate() {
        return measured.account().translate(measured.delivery(), item);
    }
}
