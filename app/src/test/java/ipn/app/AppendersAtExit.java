package ipn.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Logger;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.slf4j.LoggerFactory;

/** Runs {@code ipn}, and prints at its end which log file there was and which appenders log lines go to. */
final class AppendersAtExit {
    private AppendersAtExit() {}

    public static void main(String[] arguments) {
        Runtime.getRuntime().addShutdownHook(new Thread(AppendersAtExit::print));
        Main.main(arguments);
    }

    private static void print() {
        var out = new PrintStream(System.out, true, UTF_8);
        out.println("log file: " + Files.exists(Path.of(System.getProperty("ipn.log"))));
        var names = new ArrayList<String>();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME))
                .iteratorForAppenders()
                .forEachRemaining(appender -> names.add(appender.getName()));
        out.println("appenders: " + names);
    }
}
