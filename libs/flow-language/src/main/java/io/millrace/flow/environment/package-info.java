/** What the compiler asks about the world around a script. */
package io.millrace.flow.environment;
