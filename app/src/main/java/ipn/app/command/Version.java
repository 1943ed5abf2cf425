package ipn.app.command;

import ipn.topics.AppVersion;
import picocli.CommandLine.IVersionProvider;

/** The version and the commit of the build, and the version of Java. */
public final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        var build = AppVersion.build();
        return new String[] {
            "ipn %s (commit %s)".formatted(build.version(), build.commit().orElse("not known")),
            "Java " + Runtime.version()
        };
    }
}
