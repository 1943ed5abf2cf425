package ipn.settings;

import java.util.List;

/**
 * What a running stage did with settings that have changed.
 *
 * @param used keys that it uses from now on, such as the section of a new account
 * @param needRestart keys of everything else that differs, which it will use after a restart
 */
public record SettingsUpdate(List<String> used, List<String> needRestart) {
    public SettingsUpdate {
        used = List.copyOf(used);
        needRestart = List.copyOf(needRestart);
    }
}
