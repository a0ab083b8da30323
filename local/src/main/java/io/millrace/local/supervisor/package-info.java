/**
 * The process behind {@code ./millrace up}: it starts servers and services, watches them, starts
 * again what ends unasked, and says in {@code stack.json} how they are.
 */
package io.millrace.local.supervisor;
