package io.millrace.flow.query;

import java.util.List;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Knows what the names in FROM and PREDICT stand for. */
public interface RelationResolver {

  /**
   * The stream or cache of a name of one to three parts.
   *
   * @return null when there is none, or nothing is known of its columns; the resolver has then said
   *     so, or the fault lies in another statement and was reported there
   */
  Relation resolve(List<String> names, SqlParserPos pos);

  /**
   * The model of a name, as PREDICT writes it.
   *
   * @return null when there is none, which the resolver has said
   */
  Relation model(List<String> names, SqlParserPos pos);
}
