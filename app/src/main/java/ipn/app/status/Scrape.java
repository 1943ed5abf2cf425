package ipn.app.status;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the management ports answered at one time.
 *
 * @param samples of all that answered
 * @param ready what each that answered says of its readiness: {@code /health/ready} answered 200
 * @param silent those that did not answer
 */
public record Scrape(Instant at, List<Sample> samples, Map<URI, Boolean> ready, List<URI> silent) {
    public Scrape {
        samples = List.copyOf(samples);
        ready = Map.copyOf(ready);
        silent = List.copyOf(silent);
    }
}
