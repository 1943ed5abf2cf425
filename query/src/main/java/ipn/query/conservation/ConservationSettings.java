package ipn.query.conservation;

import ipn.operations.conservation.ConservationCheck.Stages;
import ipn.operations.conservation.RollingCheck.Pace;
import ipn.settings.Settings;
import java.time.Duration;

/**
 * How many raw records are checked while the pipeline works.
 *
 * @param perSecond at most; 0: none
 * @param stages that decide what is checked
 */
public record ConservationSettings(int perSecond, Stages stages) {
    /** Between two steps. */
    static final Duration EVERY = Duration.ofSeconds(10);

    private static final Duration MIN_AGE = Duration.ofMinutes(5);
    private static final Duration MAX_AGE = Duration.ofHours(1);
    private static final int PER_SECOND = 200;
    private static final String PROCESSOR = "ipn-processor";
    private static final String PROJECTOR = "ipn-projector";

    /** Stages with the usual names, at the usual pace. */
    public static final ConservationSettings USUAL =
            new ConservationSettings(PER_SECOND, new Stages(PROCESSOR, PROJECTOR));

    /** Reads {@code query.conservation-per-second}, and the application ids of the stages. */
    public static ConservationSettings from(Settings settings) {
        return new ConservationSettings(
                settings.in("query").integer("conservation-per-second", PER_SECOND, 0, 10_000),
                new Stages(
                        settings.in("processor").text("application-id", PROCESSOR),
                        settings.in("projector").text("application-id", PROJECTOR)));
    }

    /** The same for the steps of the check. */
    Pace pace() {
        return new Pace(MIN_AGE, (int) (perSecond * EVERY.toSeconds()), MAX_AGE);
    }
}
