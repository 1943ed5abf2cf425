package ipn.app.status;

import java.util.Optional;

/**
 * One stage.
 *
 * @param state {@code running}, {@code not running} or {@code missing}: no management port shows it
 * @param perSecond records that it processed, or requests that it acknowledged, lately
 * @param waiting records that it has not processed; empty where it has no input topic, or could not read it
 * @param oldestSeconds age of the oldest of them
 * @param p50Seconds half of the records took at most so long
 * @param p99Seconds of a hundred records, one took longer
 */
public record StageState(
        String stage,
        String state,
        double perSecond,
        Optional<Long> waiting,
        Optional<Double> oldestSeconds,
        Optional<Double> p50Seconds,
        Optional<Double> p99Seconds) {}
