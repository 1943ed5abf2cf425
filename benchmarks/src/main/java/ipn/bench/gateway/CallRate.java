package ipn.bench.gateway;

import org.openjdk.jmh.results.RunResult;

/**
 * How fast one question is answered by one thread.
 *
 * @param perSecond answers
 * @param error half the width of the 99.9 % confidence interval, in answers per second; not a number where it was measured once
 */
record CallRate(String question, double perSecond, double error) {
    static CallRate of(RunResult result) {
        var answers = result.getPrimaryResult();
        var label = answers.getLabel();
        return new CallRate(label, answers.getScore(), answers.getScoreError());
    }

    double micros() {
        return 1e6 / perSecond;
    }

    double errorPercent() {
        return 100 * error / perSecond;
    }
}
