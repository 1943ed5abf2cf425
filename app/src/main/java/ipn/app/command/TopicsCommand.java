package ipn.app.command;

import picocli.CommandLine.Command;

/** Topics. */
@Command(
        name = "topics",
        description = "Creates the topics, and compares them with the catalogue.",
        synopsisSubcommandLabel = "COMMAND")
final class TopicsCommand {}
