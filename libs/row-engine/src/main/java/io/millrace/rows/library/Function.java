package io.millrace.rows.library;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the SQL function that a static method implements. Methods of one name are told apart by the
 * kinds of their parameters; a parameter that is {@link Prepared} takes a text that is read once
 * where it is a constant.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Function {
  String value();

  /** Called with nulls too (and then with objects); otherwise a null argument gives NULL. */
  boolean nulls() default false;

  /** Dates among the arguments arrive as timestamps. */
  boolean dates() default false;

  /** Arguments of other types arrive as CAST to STRING writes them. */
  boolean texts() default false;

  /** Arguments arrive in the type of the result. */
  boolean common() default false;
}
