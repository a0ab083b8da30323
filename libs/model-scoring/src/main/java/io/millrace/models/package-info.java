/**
 * Trained models: {@link io.millrace.models.Models} loads one from a file and says what goes in and
 * what comes out; {@link io.millrace.models.ModelHolder} keeps it fresh while events flow.
 */
package io.millrace.models;
