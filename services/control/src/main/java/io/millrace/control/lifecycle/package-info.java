/** The lifecycle of applications: orders, plans that are sent, states that are reached. */
package io.millrace.control.lifecycle;
