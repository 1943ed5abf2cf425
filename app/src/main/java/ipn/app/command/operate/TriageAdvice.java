package ipn.app.command.operate;

import ipn.app.output.Shell;
import ipn.operations.deadletter.DeadLetterSummary.Group;
import java.util.Locale;

/** Where to read on about a group of dead letters, and the next command to type. */
record TriageAdvice(Group group) {
    private static final String RUNBOOK = "docs/runbooks/dead-letters.md";
    /** Section about failures that other programs report. */
    private static final String OTHER_PROGRAMS = "other-programs";

    /** The section of the runbook about its reason. */
    String runbook() {
        var reason = group.cause().reason();
        return RUNBOOK + "#" + (reason.isEmpty() ? OTHER_PROGRAMS : reason.toLowerCase(Locale.ROOT));
    }

    /** What can be replayed once its cause is repaired is previewed; all else is looked at first. */
    String next() {
        var cause = group.cause();
        var isOfRaw = cause.stage().equals("processor") && !cause.fingerprint().isEmpty();
        return isOfRaw && !cause.failureClass().equals("permanent")
                ? "ipn dlq replay --fingerprint %s --dry-run".formatted(Shell.quoted(cause.fingerprint()))
                : "ipn dlq show " + Shell.quoted(group.exampleId());
    }
}
