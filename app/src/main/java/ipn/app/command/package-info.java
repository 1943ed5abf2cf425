/** One class per command: reads options, calls the stages and tools, prints. */
@NullMarked
package ipn.app.command;

import org.jspecify.annotations.NullMarked;
