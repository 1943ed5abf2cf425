/** Settings: one YAML file, every key overridable by environment, typed values, all problems reported at once. */
@NullMarked
package ipn.settings;

import org.jspecify.annotations.NullMarked;
