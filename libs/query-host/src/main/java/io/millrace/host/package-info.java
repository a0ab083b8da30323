/**
 * What services that run components of plans share: which of them run on this instance, and how
 * they are doing.
 */
package io.millrace.host;
