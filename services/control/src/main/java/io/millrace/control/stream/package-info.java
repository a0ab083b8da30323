/** The streams of applications and their schemas. */
package io.millrace.control.stream;
