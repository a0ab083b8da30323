package io.millrace.enrichment.model;

import io.millrace.connector.AllowedDirectories;
import io.millrace.models.ModelHolder;
import io.millrace.models.ModelType;
import io.millrace.schemas.control.Component;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One MODEL of a plan.
 *
 * @param name the component's name
 * @param output which output is the prediction, or null
 * @param refresh how often a new version of the file is looked for
 * @param fingerprint the component's
 */
public record ModelDefinition(
    String name,
    ModelType type,
    String location,
    String output,
    Duration refresh,
    String fingerprint) {

  private static final Duration DEFAULT_REFRESH = Duration.ofSeconds(5);
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*([a-z]+)");
  private static final long SHORTEST_MILLIS = 100;

  /**
   * Takes a model out of a plan.
   *
   * @throws IllegalArgumentException if it names no format of models
   */
  public static ModelDefinition of(Component component) {
    Map<String, String> options = component.getOptions();
    return new ModelDefinition(
        component.getName(),
        type(options.get("type")),
        options.get("location"),
        options.get("output"),
        refresh(options.get("refresh")),
        component.getFingerprint());
  }

  static ModelType type(String option) {
    return ModelType.of(option)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "a model is of the type onnx, h2o-mojo or jar, not " + option));
  }

  private static Duration refresh(String option) {
    if (option == null) {
      return DEFAULT_REFRESH;
    }
    Matcher matcher = DURATION.matcher(option.strip().toLowerCase(java.util.Locale.ROOT));
    if (!matcher.matches()) {
      throw noTime(option);
    }
    long count = Math.max(1, Long.parseLong(matcher.group(1)));
    return switch (matcher.group(2)) {
      case "ms", "millis", "millisecond", "milliseconds" ->
          Duration.ofMillis(Math.max(SHORTEST_MILLIS, count));
      case "s", "sec", "second", "seconds" -> Duration.ofSeconds(count);
      case "m", "min", "minute", "minutes" -> Duration.ofMinutes(count);
      case "h", "hour", "hours" -> Duration.ofHours(count);
      case "d", "day", "days" -> Duration.ofDays(count);
      default -> throw noTime(option);
    };
  }

  private static IllegalArgumentException noTime(String option) {
    return new IllegalArgumentException(
        "refresh has to be a time such as '30 seconds', not '" + option + "'");
  }

  /**
   * Loads a model's file.
   *
   * @throws io.millrace.models.ModelException if it cannot be loaded
   * @throws IllegalArgumentException if the file may not be reached
   */
  static ModelHolder load(ModelType type, String location, String output) {
    AllowedDirectories allowed = AllowedDirectories.ofThisProcess();
    Path file = allowed.resolve(location);
    allowed
        .refusal(file)
        .ifPresent(refusal -> {
          throw new IllegalArgumentException(refusal);
        });
    return ModelHolder.load(type, file, output);
  }

  ModelHolder load() {
    return load(type, location, output);
  }
}
