/** What services measure alike. */
package io.millrace.schemas.measure;
