/** Commands that run stages: the embedded stack, the demo, or one stage in this process. */
@NullMarked
package ipn.app.command.run;

import org.jspecify.annotations.NullMarked;
