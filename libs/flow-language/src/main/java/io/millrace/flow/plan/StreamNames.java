package io.millrace.flow.plan;

import io.millrace.flow.diagnostic.Code;
import io.millrace.flow.parser.Statement;
import io.millrace.flow.query.CacheTable;
import io.millrace.flow.query.Relation;
import io.millrace.flow.query.RelationResolver;
import io.millrace.schemas.control.StreamDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * What the names in queries stand for. A stream that a name means is planned when it is first
 * needed.
 */
final class StreamNames implements RelationResolver {

  private final PlanContext context;
  private final SourcePlanner sources;
  private final StreamPlanner streams;

  StreamNames(PlanContext context, SourcePlanner sources, StreamPlanner streams) {
    this.context = context;
    this.sources = sources;
    this.streams = streams;
  }

  @Override
  public Relation resolve(List<String> names, SqlParserPos pos) {
    if (names.size() == 1 || isThisApplication(names)) {
      Declaration declaration = context.names.get(PlanContext.key(names.get(names.size() - 1)));
      if (declaration != null && declaration.statement() instanceof Statement.CreateCache) {
        CacheTable cache = streams.caches().table(declaration, pos);
        return cache == null ? null : Relation.cache(cache, streams.caches().missing(declaration));
      }
    }
    StreamInfo stream = stream(names, pos);
    return stream == null || stream.row == null
        ? null
        : Relation.stream(stream.name, stream.row, stream.missing);
  }

  @Override
  public Relation model(List<String> names, SqlParserPos pos) {
    CacheTable model = streams.models().table(names, pos);
    return model == null ? null : Relation.cache(model, Set.of());
  }

  /** The stream of a name; null when there is none, or it is faulty, which has been said. */
  StreamInfo stream(List<String> names, SqlParserPos pos) {
    if (names.size() > 1 && !isThisApplication(names)) {
      return foreign(names, pos);
    }
    String name = names.get(names.size() - 1);
    Declaration declaration = context.names.get(PlanContext.key(name));
    if (declaration == null) {
      if (!context.unreadable.contains(PlanContext.key(name))) {
        unknown(names, pos);
      }
      return null;
    }
    return switch (declaration.statement()) {
      case Statement.CreateStream stream when stream.table() != null ->
          context.streams.get(declaration.name());
      case Statement.CreateStream stream -> local(declaration, pos);
      case Statement.CreateSource source -> ofSource(declaration, pos);
      default -> {
        context.diagnostics.error(
            Code.INVALID_QUERY, pos, name + " is " + declaration.noun() + ", no stream");
        yield null;
      }
    };
  }

  private StreamInfo local(Declaration declaration, SqlParserPos pos) {
    if (streams.isUnderWay(declaration)) {
      context.diagnostics.error(
          Code.INVALID_QUERY,
          pos,
          "stream "
              + declaration.name()
              + " is made from itself; a query cannot read what comes out of it");
      return null;
    }
    streams.plan(declaration);
    return context.streams.get(declaration.name());
  }

  private StreamInfo ofSource(Declaration declaration, SqlParserPos pos) {
    SourceInfo source = sources.find(declaration.name());
    if (source != null && source.handsOutTables()) {
      context.diagnostics.error(
          Code.INVALID_QUERY,
          pos,
          "source "
              + source.name
              + " hands out tables; make a stream of one with CREATE STREAM name FROM "
              + source.name
              + " TABLE '…'");
    }
    return source == null ? null : source.stream;
  }

  /** The stream of a declaration when it is one by itself. */
  StreamInfo streamOf(Declaration named, SqlParserPos pos) {
    SourceInfo source =
        named.statement() instanceof Statement.CreateSource ? sources.find(named.name()) : null;
    return source != null && source.handsOutTables() ? null : stream(List.of(named.name()), pos);
  }

  /** The stream that INSERT INTO writes; null when it cannot, which has been said. */
  StreamInfo target(SqlIdentifier written) {
    String name = written.names.get(written.names.size() - 1);
    Declaration declaration = context.names.get(PlanContext.key(name));
    boolean local = written.isSimple() || isThisApplication(written.names);
    if (local
        && declaration != null
        && declaration.statement() instanceof Statement.CreateStream stream
        && stream.table() == null) {
      streams.plan(declaration);
      StreamInfo target = context.streams.get(declaration.name());
      if (target != null && !target.topic.equals(context.application + "." + target.name)) {
        context.diagnostics.error(
            Code.INVALID_STATEMENT,
            written.getParserPosition(),
            "others write the topic of stream " + name + "; write to it with a sink");
        return null;
      }
      return target;
    }
    if (local && declaration != null) {
      context.diagnostics.error(
          Code.INVALID_STATEMENT,
          written.getParserPosition(),
          name + " is no stream that a query can write; CREATE STREAM makes one");
    } else if (!local) {
      context.diagnostics.error(
          Code.NOT_YET_SUPPORTED,
          written.getParserPosition(),
          "not available in this version: writing into a stream of another application");
    } else if (!context.unreadable.contains(PlanContext.key(name))) {
      unknown(written.names, written.getParserPosition());
    }
    return null;
  }

  private boolean isThisApplication(List<String> names) {
    String prefix = String.join(".", names.subList(0, names.size() - 1));
    return names.size() == 3
        ? prefix.equalsIgnoreCase(context.application)
        : names.size() == 2
            && (context.namespace() + "." + prefix).equalsIgnoreCase(context.application);
  }

  private StreamInfo foreign(List<String> names, SqlParserPos pos) {
    String fullName =
        names.size() == 2
            ? context.namespace() + "." + String.join(".", names)
            : String.join(".", names);
    StreamInfo known = context.streams.get(fullName);
    if (known != null) {
      return known;
    }
    Optional<StreamDefinition> definition =
        names.size() > 3 ? Optional.empty() : context.environment.stream(fullName);
    if (definition.isEmpty()) {
      unknown(names, pos);
      return null;
    }
    StreamInfo stream = StreamInfo.foreign(fullName, definition.get());
    context.streams.put(fullName, stream);
    return stream;
  }

  private void unknown(List<String> names, SqlParserPos pos) {
    List<String> known = new ArrayList<>();
    context.names.values().stream()
        .filter(d ->
            d.statement() instanceof Statement.CreateStream
                || d.statement() instanceof Statement.CreateCache
                || d.statement() instanceof Statement.CreateSource)
        .map(Declaration::name)
        .forEach(known::add);
    known.addAll(context.environment.streamNames());
    String name = String.join(".", names);
    context.diagnostics.unknown(
        Code.UNKNOWN_STREAM, pos, "there is no stream or cache " + name + ".", name, known);
  }
}
