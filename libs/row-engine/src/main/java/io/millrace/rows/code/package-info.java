/**
 * Row expressions to Java source to classes.
 *
 * <p>Values travel in locals: a primitive and a flag for NULL where a column may be null,
 * references elsewhere; common subexpressions of a step are computed once, and what SQL need not
 * evaluate (the branches of CASE, the rest of a decided AND) is not evaluated.
 */
package io.millrace.rows.code;
