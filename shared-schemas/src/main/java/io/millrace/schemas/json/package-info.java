/** Events as JSON: one way of writing them, for targets, previews and dead letters alike. */
package io.millrace.schemas.json;
