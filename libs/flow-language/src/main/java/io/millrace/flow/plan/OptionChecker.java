package io.millrace.flow.plan;

import io.millrace.flow.diagnostic.Code;
import io.millrace.flow.diagnostic.Diagnostics;
import io.millrace.flow.diagnostic.NearNames;
import io.millrace.flow.environment.Environment;
import io.millrace.flow.parser.Statement;
import io.millrace.schemas.control.OptionDescriptor;
import io.millrace.schemas.control.OptionType;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Checks the options of a statement against what is known of them. */
final class OptionChecker {

  private final Environment environment;
  private final Diagnostics diagnostics;

  OptionChecker(Environment environment, Diagnostics diagnostics) {
    this.environment = environment;
    this.diagnostics = diagnostics;
  }

  /**
   * The values by the options' own names, secrets as references.
   *
   * @param what whose options they are, for messages: {@code connector file}
   * @param known the options that there are; null when nothing is known of them
   * @param statement where a missing option is reported
   */
  Map<String, String> check(
      List<Statement.Option> given,
      String what,
      List<OptionDescriptor> known,
      SqlParserPos statement) {
    Map<String, String> values = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    for (Statement.Option option : given) {
      if (!seen.add(option.name().toLowerCase(Locale.ROOT))) {
        diagnostics.error(
            Code.DUPLICATE_NAME,
            option.namePos(),
            "option " + option.name() + " is given twice; keep one of the two");
        continue;
      }
      OptionDescriptor descriptor = find(known, option.name());
      if (known != null && descriptor == null) {
        diagnostics.unknown(
            Code.UNKNOWN_OPTION,
            option.namePos(),
            what + " has no option " + option.name() + ".",
            option.name(),
            known.stream().map(OptionDescriptor::getName).toList());
        continue;
      }
      String value = value(option, descriptor);
      if (value != null) {
        values.put(ownName(descriptor, option.name()), value);
      }
    }
    if (known != null) {
      known.stream()
          .filter(d -> d.getRequired() && d.getDefaultValue() == null)
          .filter(d -> !seen.contains(d.getName().toLowerCase(Locale.ROOT)))
          .forEach(d -> missing(d, what, statement));
    }
    return values;
  }

  private void missing(OptionDescriptor option, String what, SqlParserPos statement) {
    diagnostics.error(
        Code.MISSING_OPTION,
        statement,
        what
            + " needs the option "
            + option.getName()
            + ": "
            + option.getDocumentation()
            + ". Add "
            + option.getName()
            + " = "
            + (option.getType() == OptionType.SECRET ? "SECRET name" : "…")
            + " to WITH");
  }

  private static OptionDescriptor find(List<OptionDescriptor> known, String name) {
    if (known == null) {
      return null;
    }
    return known.stream().filter(d -> matches(d, name)).findFirst().orElse(null);
  }

  /** A name with a * stands for every column: fields.*.kind is also fields.price.kind. */
  private static boolean standsForMany(OptionDescriptor option) {
    return option.getName().indexOf('*') >= 0;
  }

  /** The name as the connector writes it, with the column that was given in place of a *. */
  private static String ownName(OptionDescriptor option, String given) {
    if (option == null) {
      return given;
    }
    int star = option.getName().indexOf('*');
    if (star < 0) {
      return option.getName();
    }
    int tail = option.getName().length() - star - 1;
    return option.getName().substring(0, star)
        + given.substring(star, given.length() - tail)
        + option.getName().substring(star + 1);
  }

  private static boolean matches(OptionDescriptor option, String name) {
    if (!standsForMany(option)) {
      return option.getName().equalsIgnoreCase(name);
    }
    int star = option.getName().indexOf('*');
    String head = option.getName().substring(0, star);
    String tail = option.getName().substring(star + 1);
    return name.length() > head.length() + tail.length()
        && name.regionMatches(true, 0, head, 0, head.length())
        && name.regionMatches(true, name.length() - tail.length(), tail, 0, tail.length());
  }

  private String value(Statement.Option option, OptionDescriptor descriptor) {
    Statement.Value value = option.value();
    if (value.kind() == Statement.Value.Kind.SECRET) {
      Optional<String> reference = environment.secret(value.text());
      if (reference.isEmpty()) {
        diagnostics.error(
            Code.UNKNOWN_SECRET,
            value.pos(),
            "there is no secret " + value.text() + "; create it before the application.",
            NearNames.nearest(value.text(), environment.secretNames()));
      }
      return reference.orElse(null);
    }
    if (descriptor == null) {
      return value.text();
    }
    if (descriptor.getType() == OptionType.SECRET) {
      diagnostics.warning(
          Code.INVALID_OPTION,
          value.pos(),
          "option "
              + option.name()
              + " stands in clear for everybody who can read the script; store it as a secret and"
              + " write "
              + option.name()
              + " = SECRET name");
      return value.text();
    }
    OptionFaults.Fault fault = OptionFaults.find(descriptor, value.text());
    if (fault != null) {
      diagnostics.add(
          io.millrace.flow.diagnostic.Diagnostic.Severity.ERROR,
          Code.INVALID_OPTION,
          value.pos(),
          fault.message(),
          descriptor.getAllowed(),
          fault.suggestion());
      return null;
    }
    return value.text();
  }
}
