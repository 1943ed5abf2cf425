package ipn.app.command;

import ipn.topics.AppVersion;
import picocli.CommandLine.IVersionProvider;

/** The version of the build, and of Java. */
public final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"ipn " + AppVersion.current(), "Java " + Runtime.version()};
    }
}
