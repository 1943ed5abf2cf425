package ipn.bench.gateway;

import org.openjdk.jmh.results.RunResult;

/**
 * The rate at which one thread performs an operation.
 *
 * @param perSecond operations per second
 * @param error half the width of the 99.9 % confidence interval, in operations per second; NaN if there is only one measurement
 */
record CallRate(String operation, double perSecond, double error) {
    static CallRate of(RunResult result) {
        var primary = result.getPrimaryResult();
        var label = primary.getLabel();
        return new CallRate(label, primary.getScore(), primary.getScoreError());
    }

    double micros() {
        return 1e6 / perSecond;
    }

    double errorPercent() {
        return 100 * error / perSecond;
    }
}
