/** Output of commands: tables and coloured text for people, JSON for programs. */
@NullMarked
package ipn.app.output;

import org.jspecify.annotations.NullMarked;
