package ipn.app.command.run;

import ipn.app.ExitCode;
import ipn.app.RunningStack;
import ipn.app.UserException;
import ipn.app.command.ProgressBar;
import ipn.app.command.Session;
import ipn.query.QueryMain;
import ipn.query.QuerySettings;
import ipn.query.Rebuild;
import ipn.settings.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Runs the query stage in this process, or builds its read model again. */
@Command(
        name = "query",
        description = {
            "Runs the query stage: reads the topics into tables of PostgreSQL, and answers operators' questions over HTTP.",
            "",
            "Requires query.jdbc-url, and a running Kafka: the one that the settings name or, if they name none, that of the stack that runs on --data."
        },
        exitCodeList = {
            "1:a part stopped by itself, or a failure",
            ExitCode.WRONG_USAGE_HELP,
            "130, 143:ended by Ctrl-C or SIGTERM"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ipn query --config ipn.yaml",
            "  ipn query rebuild --config ipn.yaml",
        })
public final class QueryCommand implements Callable<Integer> {
    private final Session session;

    public QueryCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return new StageRun(session).run(QueryMain.STAGE);
    }

    @Command(
            name = "rebuild",
            description = {
                "Deletes the tables, and reads all topics again. Meanwhile questions are answered with 503.",
                "",
                "What the retention of the topics has deleted is not in the tables afterwards. Uses the PostgreSQL of the settings or, if they name none, that of the stack that runs on --data."
            },
            exitCodeList = {"0:the tables are complete", "1:a failure", ExitCode.WRONG_USAGE_HELP},
            footerHeading = "%nExamples:%n",
            footer = {"  ipn query rebuild", "  ipn query rebuild --config ipn.yaml"})
    int rebuild() throws SQLException {
        var kafka = session.kafka();
        var bar = new ProgressBar(session.terminal());
        var last = Rebuild.run(
                settings(),
                kafka,
                Clock.systemUTC(),
                step -> bar.at(
                        "%,d of %,d records, %,d a second".formatted(step.records(), step.total(), step.perSecond()),
                        step.records(),
                        step.total()));
        bar.clear();
        session.terminal()
                .print("%,d records read in %d s, %,d a second"
                        .formatted(last.records(), last.elapsed().toSeconds(), last.perSecond()));
        return ExitCode.DONE;
    }

    private QuerySettings settings() {
        var settings = session.settingsOrBuiltIn().read();
        var query = QuerySettings.from(settings);
        settings.problems().throwIfAny();
        if (query.database().jdbcUrl().isPresent()) {
            return query;
        }
        var postgres = RunningStack.find(session.data())
                .flatMap(RunningStack::postgres)
                .orElseThrow(() -> UserException.usage(
                        "query.jdbc-url: missing (expected: jdbc:postgresql://host:5432/database, or a stack with query that runs on --data %s)"
                                .formatted(session.data())));
        try {
            var password =
                    new Secret.Value(Files.readString(postgres.passwordFile()).strip());
            return query.at(
                    postgres.jdbcUrl(),
                    postgres.user(),
                    new Secret("file:" + postgres.passwordFile(), password, Optional.empty()));
        } catch (IOException e) {
            throw UserException.usage("%s: cannot be read (expected: by the user who started the stack)"
                    .formatted(postgres.passwordFile()));
        }
    }
}
