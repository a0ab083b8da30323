/**
 * The functions and operators of the language: one registry of names, types, descriptions and
 * examples, from which the validator, the documentation and the tests of the row engine are fed.
 */
package io.millrace.flow.functions;
