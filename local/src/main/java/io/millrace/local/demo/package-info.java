/** The databases of the samples and what changes them. */
package io.millrace.local.demo;
