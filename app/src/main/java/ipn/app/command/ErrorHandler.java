package ipn.app.command;

import ipn.app.ExitCode;
import ipn.app.UserException;
import ipn.app.output.Terminal;
import ipn.app.output.Terminal.Tone;
import ipn.embedded.EmbeddedException;
import ipn.operations.OperationFailedException;
import ipn.operations.topic.StalledException;
import ipn.settings.SettingsException;
import java.net.BindException;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong to a person: the message, not the stack, unless that is asked for. */
final class ErrorHandler implements IParameterExceptionHandler, IExecutionExceptionHandler {
    /** Their messages are written for people. */
    private static final Set<Class<? extends Exception>> KNOWN = Set.of(
            UserException.class,
            SettingsException.class,
            EmbeddedException.class,
            OperationFailedException.class,
            StalledException.class);

    private final Terminal terminal;
    private final IpnCommand root;

    ErrorHandler(Terminal terminal, IpnCommand root) {
        this.terminal = terminal;
        this.root = root;
    }

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        complain(String.valueOf(e.getMessage()));
        if (!UnmatchedArgumentException.printSuggestions(e, terminal.err())) {
            terminal.complain("Examples: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        }
        terminal.err().flush();
        return ExitCode.WRONG_USAGE;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine line, ParseResult parsed) {
        complain(message(e));
        if (root.verbose) {
            e.printStackTrace(terminal.err());
            terminal.err().flush();
        }
        if (e instanceof SettingsException) {
            return ExitCode.WRONG_USAGE;
        }
        return e instanceof UserException known ? known.exitCode() : ExitCode.FOUND_PROBLEMS;
    }

    private String message(Exception e) {
        if (KNOWN.stream().anyMatch(known -> known.isInstance(e))) {
            return String.valueOf(e.getMessage());
        }
        if (cause(e, BindException.class).isPresent()) {
            return "port: already in use (expected: a free port; IPN_INGRESS_PORT and IPN_MANAGEMENT_PORT choose others)";
        }
        return "unexpected: %s%s".formatted(e, root.verbose ? "" : " (--verbose shows where)");
    }

    private static <T extends Throwable> Optional<T> cause(Throwable e, Class<T> type) {
        for (Throwable each = e; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return Optional.of(type.cast(each));
            }
        }
        return Optional.empty();
    }

    private void complain(String message) {
        terminal.complain(terminal.in(Tone.BAD, "ipn: ") + message);
    }
}
