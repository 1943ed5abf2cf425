package ipn.app.command.operate;

import ipn.app.ExitCode;
import ipn.app.command.Session;
import ipn.operations.deadletter.RedriveResult;
import ipn.operations.deadletter.ReplayReport;
import java.util.ArrayList;
import java.util.List;

/** Prints what a replay or a discard did. */
record RedriveReport(Session session) {

    /** Prints it, and returns the exit code. */
    int print(RedriveResult result, String done) {
        if (session.json()) {
            session.print(result);
        } else {
            var terminal = session.terminal();
            terminal.print("%d dead letter(s) %s".formatted(result.done(), done));
            if (result.parked() > 0) {
                terminal.print(
                        "%d dead letter(s) parked, because they had failed too often: ipn dlq undo ID opens one again"
                                .formatted(result.parked()));
            }
            var contents = DeadLetterContents.read(session, result.examples());
            result.report()
                    .ifPresentOrElse(
                            report -> show(report, contents),
                            () -> examples(result, contents).forEach(terminal::print));
            showLeft(result);
        }
        return result.complete() ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
    }

    /** Prints what a replay would do, and returns the exit code. */
    int print(DryRun.Preview preview) {
        var result = preview.result();
        if (session.json()) {
            session.print(preview);
        } else {
            var terminal = session.terminal();
            terminal.print("%d dead letter(s) would be replayed, %d parked, %d refused; nothing was written"
                    .formatted(result.done(), result.parked(), result.refusedCount()));
            preview.forecast().lines().forEach(line -> terminal.print("  " + line));
            terminal.print("");
            terminal.show(preview.forecast().table());
            showLeft(result);
        }
        return result.complete() ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
    }

    /** What was left, and why. */
    private void showLeft(RedriveResult result) {
        var terminal = session.terminal();
        result.refused().forEach(refused -> terminal.print("refused: " + refused.id() + ": " + refused.why()));
        result.stopped().ifPresent(why -> terminal.printErr("stopped: " + why));
    }

    /** Each dead letter that was, or would be, replayed or discarded, and how many are not listed. */
    static List<String> examples(RedriveResult result, DeadLetterContents contents) {
        var lines = new ArrayList<String>();
        result.examples().forEach(id -> lines.add("  " + id + about(contents.line(id))));
        var more = result.done() - result.examples().size();
        if (more > 0) {
            lines.add("  ... %d more: ipn dlq list lists all, with --limit %d and the same options"
                    .formatted(more, result.done()));
        }
        return lines;
    }

    private static String about(String content) {
        return content.isEmpty() ? "" : ": " + content;
    }

    private void show(ReplayReport report, DeadLetterContents contents) {
        var terminal = session.terminal();
        terminal.print("processed %d, failed again %d, not processed yet %d"
                .formatted(report.processed(), report.failedAgain(), report.notProcessedYet()));
        report.letters()
                .forEach(letter -> terminal.print("  " + letter.id() + ": " + line(letter) + after(contents, letter)));
        if (report.notProcessedYet() > 0) {
            terminal.printErr(
                    "not processed yet: the stages did not reach these records in time; see 'ipn dlq list' later, or whether the processor runs");
        }
    }

    private static String after(DeadLetterContents contents, ReplayReport.Result letter) {
        var content = contents.line(letter.id());
        return content.isEmpty() ? "" : "; " + content;
    }

    private static String line(ReplayReport.Result letter) {
        return switch (letter.state()) {
            case PROCESSED -> "processed" + (letter.code() == null ? "" : " (" + letter.code() + ")");
            case FAILED_AGAIN -> "failed again: " + letter.code() + "; it is open again";
            case NOT_PROCESSED_YET -> "not processed yet";
        };
    }
}
