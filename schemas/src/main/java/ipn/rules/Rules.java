package ipn.rules;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a package of rules: no Kafka, no network, no files, and no time but what is passed in. So a rule gives the same result on
 * every replay. An architecture test holds marked packages to it, and asks for the mark on every package of the processor and the
 * projector that has no other role.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.PACKAGE)
public @interface Rules {}
