/** The audit of every change. */
package io.millrace.control.audit;
