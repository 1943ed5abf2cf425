/**
 * The bodies of notifications, as files with placeholders.
 *
 * <p>A placeholder is {@code ${name}}; {@code ${name?}} may have no value, and is then removed with the member, element or field that
 * contains it. {@link ipn.simulator.template.TemplateValues} lists the names that every template can use. A placeholder without
 * a value and a value without a placeholder are errors.
 */
@NullMarked
package ipn.simulator.template;

import org.jspecify.annotations.NullMarked;
