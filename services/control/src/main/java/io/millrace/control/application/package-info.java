/** Applications and their revisions. */
package io.millrace.control.application;
