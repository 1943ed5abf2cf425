/** Configuration: one YAML file, every key overridable by environment, typed, and wrong all at once. */
@NullMarked
package ipn.settings;

import org.jspecify.annotations.NullMarked;
