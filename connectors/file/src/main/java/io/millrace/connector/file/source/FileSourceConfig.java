package io.millrace.connector.file.source;

import io.millrace.connector.AllowedDirectories;
import io.millrace.connector.file.Characters;
import io.millrace.connector.file.FileErrorCode;
import io.millrace.connector.option.OptionSet;
import io.millrace.connector.option.OptionValues;
import io.millrace.connector.source.SourceSettings;
import io.millrace.schemas.control.OptionType;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The options of the source {@code file}.
 *
 * @param directory where to look
 * @param path the only file to follow, with its predecessors; null when a pattern says which
 * @param pattern of the names below the directory
 * @param expression for the format regex, with named groups; null otherwise
 * @param timestampFormat for texts that are no ISO-8601; null for ISO-8601
 * @param completeAfter after how long without growth a last line without its line break counts as
 *     complete; zero for never
 */
public record FileSourceConfig(
    Path directory,
    Path path,
    PathMatcher pattern,
    boolean recursive,
    Format format,
    char delimiter,
    char quote,
    boolean header,
    String nullText,
    Pattern expression,
    Charset charset,
    DateTimeFormatter timestampFormat,
    ZoneId timeZone,
    Duration completeAfter,
    Duration scanInterval,
    int maxRecordSize) {

  /** How records are written. */
  public enum Format {
    CSV,
    JSON,
    REGEX,
    SYSLOG_RFC3164,
    SYSLOG_RFC5424,
    APACHE_COMMON,
    APACHE_COMBINED,
    NGINX_COMBINED
  }

  public static final OptionSet OPTIONS = SourceSettings.commonOptions(options()).build();

  private static OptionSet.Builder options() {
    return OptionSet.builder()
        .option(
            "path",
            OptionType.STRING,
            "One file to follow. Files beside it whose names go on with a dot or a hyphen"
                + " (app.log.1, app.log.2.gz, app.log-20260101) are taken for its predecessors"
                + " and read first. With * or ? in it, several: logs/*.log is the directory logs with"
                + " the pattern *.log. Either this or directory")
        .option(
            "directory",
            OptionType.STRING,
            "The directory whose files are followed, those that appear later included. Either"
                + " this or path")
        .option(
            "pattern",
            OptionType.STRING,
            "Which files of the directory: a glob on the path below it, for instance *.csv or"
                + " **/access*.log. A file that matches without its ending .gz is read as well")
        .defaultValue("*")
        .option(
            "recursive", OptionType.BOOLEAN, "Whether directories below the directory count too")
        .defaultValue("false")
        .option(
            "format",
            OptionType.STRING,
            "csv; json: one JSON object a line; regex: a regular expression a line; or a known"
                + " log format, whose fields are the columns' names")
        .defaultValue("csv")
        .allowed(
            "csv",
            "json",
            "regex",
            "syslog-rfc3164",
            "syslog-rfc5424",
            "apache-common",
            "apache-combined",
            "nginx-combined")
        .option("charset", OptionType.STRING, "In which characters are written")
        .defaultValue("UTF-8")
        .option(
            "timestamp_format",
            OptionType.STRING,
            "How TIMESTAMP values are written, as a pattern of Java's DateTimeFormatter, for"
                + " instance dd.MM.yyyy HH:mm:ss; ISO-8601 without it")
        .option(
            "time_zone",
            OptionType.STRING,
            "The zone of times that do not say one, for instance Europe/Berlin")
        .defaultValue("UTC")
        .group("CSV")
        .option(
            "delimiter",
            OptionType.STRING,
            "The character between values; tab can be written as \\t or tab")
        .defaultValue(",")
        .option(
            "quote",
            OptionType.STRING,
            "The character around values that hold delimiters, quotes (doubled) or line breaks")
        .defaultValue("\"")
        .option(
            "header",
            OptionType.BOOLEAN,
            "Whether each file starts with the names of its columns; then columns are found by"
                + " name, else by position")
        .defaultValue("false")
        .option("null_text", OptionType.STRING, "What stands for NULL where it is not quoted")
        .defaultValue("")
        .group("Regular expression")
        .option(
            "expression",
            OptionType.STRING,
            "For the format regex: an expression of java.util.regex that matches a whole line,"
                + " with a named group for each column")
        .group("Following")
        .option(
            "complete_after",
            OptionType.DURATION,
            "After how long without growth a last line without its line break counts as"
                + " complete; 0 for never, so that half a line is never read")
        .defaultValue("0")
        .option(
            "scan_interval",
            OptionType.DURATION,
            "How often to look for new, renamed and truncated files")
        .defaultValue("500 ms")
        .range(10, 3_600_000)
        .option(
            "max_record_size",
            OptionType.SIZE,
            "A longer line goes to the dead letters, cut off there")
        .defaultValue("1 MB")
        .range(100, 1 << 28);
  }

  /** Reads options; throws a ConnectorException that says what to correct. */
  public static FileSourceConfig of(Map<String, String> options) {
    OptionValues values = OPTIONS.read(options);
    if (values.text("path").isPresent() == values.text("directory").isPresent()) {
      throw FileErrorCode.INVALID_OPTION.exception("give either path or directory");
    }
    AllowedDirectories allowed = AllowedDirectories.ofThisProcess();
    String glob = values.text("path").filter(FileSourceConfig::isGlob).orElse(null);
    Path path = values.text("path").filter(p -> glob == null).map(allowed::resolve).orElse(null);
    String pattern = glob == null ? values.string("pattern") : pattern(glob);
    Path directory =
        path != null
            ? path.getParent()
            : allowed.resolve(glob == null ? values.string("directory") : fixed(glob));
    Format format = values.choice("format", Format.class);
    return new FileSourceConfig(
        directory,
        path,
        matcher(pattern),
        values.bool("recursive") || pattern.contains("/") || pattern.contains("**"),
        format,
        Characters.one("delimiter", values.string("delimiter")),
        Characters.one("quote", values.string("quote")),
        values.bool("header"),
        values.string("null_text"),
        expression(format, values),
        charset(values.string("charset")),
        timestampFormat(values),
        timeZone(values.string("time_zone")),
        values.duration("complete_after"),
        values.duration("scan_interval"),
        Math.toIntExact(values.size("max_record_size")));
  }

  private static boolean isGlob(String path) {
    return path.contains("*") || path.contains("?");
  }

  /** The directories of a glob that are named in full. */
  private static String fixed(String glob) {
    String before = glob.split("[*?]", 2)[0];
    int end = before.lastIndexOf('/');
    return end < 0 ? "." : end == 0 ? "/" : before.substring(0, end);
  }

  private static String pattern(String glob) {
    return glob.substring(glob.split("[*?]", 2)[0].lastIndexOf('/') + 1);
  }

  private static PathMatcher matcher(String pattern) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    } catch (PatternSyntaxException e) {
      throw FileErrorCode.INVALID_OPTION.exception(
          "pattern '%s' is no glob: %s".formatted(pattern, e.getMessage()));
    }
  }

  private static Pattern expression(Format format, OptionValues values) {
    if (format != Format.REGEX) {
      return null;
    }
    String text = values.string("expression");
    if (text == null) {
      throw FileErrorCode.INVALID_OPTION.exception("the format regex needs an expression");
    }
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw FileErrorCode.INVALID_OPTION.exception(
          "expression is no regular expression: " + e.getMessage());
    }
  }

  private static Charset charset(String name) {
    try {
      Charset charset = Charset.forName(name);
      if (charset.name().startsWith("UTF-32")) {
        throw new UnsupportedCharsetException(name);
      }
      return charset;
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw FileErrorCode.INVALID_OPTION.exception(
          "there is no charset '%s'; UTF-8, ISO-8859-1, windows-1252 and UTF-16LE are some"
              .formatted(name));
    }
  }

  private static DateTimeFormatter timestampFormat(OptionValues values) {
    String text = values.text("timestamp_format").orElse(null);
    try {
      return text == null ? null : DateTimeFormatter.ofPattern(text, Locale.ENGLISH);
    } catch (IllegalArgumentException e) {
      throw FileErrorCode.INVALID_OPTION.exception(
          "timestamp_format '%s' is no pattern: %s".formatted(text, e.getMessage()));
    }
  }

  private static ZoneId timeZone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw FileErrorCode.INVALID_OPTION.exception("there is no time zone '%s'".formatted(name));
    }
  }

  /** How many lines make up a file's head: a header alone tells no two files apart. */
  int headLines() {
    return format == Format.CSV && header ? 2 : 1;
  }
}
