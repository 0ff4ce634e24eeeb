package dev.relay.definition;

import dev.relay.definition.YamlNode.Entry;
import dev.relay.definition.YamlNode.Mapping;
import dev.relay.definition.YamlNode.Scalar;
import dev.relay.definition.YamlNode.Sequence;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.representer.Representer;

/**
 * Reads YAML as data and nothing else: no tags, no types beyond JSON's, everything bounded.
 * Whatever is wrong becomes a problem with its place.
 */
final class YamlReader {
  /** Characters of one file; a long definition has some 20,000. */
  static final int MAX_CHARACTERS = 1 << 20;

  /** Values after all aliases are followed: what a small file may grow to. */
  static final int MAX_NODES = 20_000;

  private static final int MAX_NESTING = 40;
  private static final int MAX_ALIASES = 50;

  /** Digits of a number before and after its point: beyond that nobody means the number. */
  private static final int MAX_DIGITS = 100;

  /**
   * Stands for a question mark while the library reads: within braces it ends a plain text there,
   * though YAML 1.2 wouldn't, and {@code { note: string? }} is how people write it. A character for
   * private use, of the same length, so that places stay right.
   */
  private static final char QUESTION_MARK = '\ue000';

  private static final Pattern OPTIONAL = Pattern.compile("(?<=[A-Za-z0-9_>])\\?");

  private static final Set<Tag> PLAIN_TAGS =
      Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.SEQ, Tag.MAP, Tag.MERGE);

  private final Problems problems;
  private final String[] lines;
  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private int left = MAX_NODES;

  private YamlReader(Problems problems, String text) {
    this.problems = problems;
    this.lines = text.split("\n", -1);
  }

  /** The document; null where the problems say why there is none. */
  static @Nullable YamlNode read(String file, Problems problems) {
    // some editors begin a file with a byte order mark
    String original = file.startsWith("\ufeff") ? file.substring(1) : file;
    int own = original.indexOf(QUESTION_MARK);
    if (own >= 0 || original.length() > MAX_CHARACTERS) {
      String large = "larger than a definition may be: " + MAX_CHARACTERS + " characters";
      problems.add(placeOf(original, own), own < 0 ? large : "a character that stands for nothing");
      return null;
    }
    String text = OPTIONAL.matcher(original).replaceAll(String.valueOf(QUESTION_MARK));
    try {
      Node root = yaml().compose(new StringReader(text));
      if (root == null) {
        problems.add(Place.START, "an empty file; expected: actor: { name: …, key: … }");
        return null;
      }
      return new YamlReader(problems, text).node(root);
    } catch (MarkedYAMLException broken) {
      problems.add(place(broken.getProblemMark()), sentence(broken));
    } catch (ReaderException unreadable) {
      problems.add(placeOf(text, unreadable.getPosition()), "a character that YAML doesn't allow");
    } catch (TooLarge large) {
      problems.add(large.place, String.valueOf(large.getMessage()));
    } catch (YAMLException refused) {
      problems.add(Place.START, String.valueOf(refused.getMessage()));
    }
    return null;
  }

  private static Yaml yaml() {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setAllowRecursiveKeys(false);
    options.setMaxAliasesForCollections(MAX_ALIASES);
    options.setCodePointLimit(MAX_CHARACTERS);
    options.setNestingDepthLimit(MAX_NESTING);
    DumperOptions unused = new DumperOptions();
    return new Yaml(
        new SafeConstructor(options), new Representer(unused), unused, options, new JsonTypes());
  }

  private static Place place(@Nullable Mark mark) {
    return mark == null ? Place.START : new Place(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static Place placeOf(String text, int offset) {
    String before = text.substring(0, Math.max(0, Math.min(offset, text.length())));
    int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
    return new Place(line, before.length() - before.lastIndexOf('\n'));
  }

  private static String sentence(MarkedYAMLException broken) {
    String context = broken.getContext();
    String problem = String.valueOf(broken.getProblem()).strip();
    String said = context == null || context.isBlank() ? problem : context + ", " + problem;
    return "not readable as YAML: " + said.replace(QUESTION_MARK, '?');
  }

  private YamlNode node(Node node) {
    Place place = place(node.getStartMark());
    if (--left < 0) {
      throw new TooLarge(place, "more than " + MAX_NODES + " values once its aliases are followed");
    }
    if (!open.add(node)) {
      throw new TooLarge(place, "a value that contains itself through an alias");
    }
    try {
      if (!PLAIN_TAGS.contains(node.getTag())) {
        String message = "the tag " + node.getTag().getValue() + " isn't allowed; write plain YAML";
        problems.add(place, message);
      }
      if (node instanceof MappingNode mapping) {
        return mapping(mapping, place);
      }
      return node instanceof SequenceNode list ? list(list, place) : scalar(node, place);
    } finally {
      open.remove(node);
    }
  }

  private Scalar scalar(Node node, Place place) {
    ScalarNode scalar = (ScalarNode) node;
    String text = scalar.getValue().replace(QUESTION_MARK, '?');
    Object value = text;
    if (scalar.getTag().equals(Tag.NULL)) {
      value = null;
    } else if (scalar.getTag().equals(Tag.BOOL)) {
      value = Boolean.valueOf(text);
    } else if (scalar.getTag().equals(Tag.INT) || scalar.getTag().equals(Tag.FLOAT)) {
      value = number(text, place);
    }
    return new Scalar(place, value, text, new ScalarSource(lines, scalar, place));
  }

  private BigDecimal number(String text, Place place) {
    try {
      BigDecimal number = new BigDecimal(text);
      if (number.precision() <= MAX_DIGITS && Math.abs((long) number.scale()) <= MAX_DIGITS) {
        return number;
      }
    } catch (NumberFormatException none) {
      // an explicit !!int before something else
    }
    problems.add(place, "not a usable number: " + text.substring(0, Math.min(40, text.length())));
    return BigDecimal.ZERO;
  }

  private Sequence list(SequenceNode node, Place place) {
    List<YamlNode> items = new ArrayList<>();
    for (Node item : node.getValue()) {
      items.add(node(item));
    }
    return new Sequence(place, items);
  }

  private Mapping mapping(MappingNode node, Place place) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    Map<String, Entry> merged = new LinkedHashMap<>();
    for (NodeTuple pair : node.getValue()) {
      Place keyPlace = place(pair.getKeyNode().getStartMark());
      if (pair.getKeyNode().getTag().equals(Tag.MERGE)) {
        merge(node(pair.getValueNode()), merged);
      } else if (node(pair.getKeyNode()) instanceof Scalar key && key.value() != null) {
        put(entries, key.text(), new Entry(keyPlace, node(pair.getValueNode())));
      } else {
        problems.add(keyPlace, "a key is a text");
      }
    }
    merged.forEach(entries::putIfAbsent);
    return new Mapping(place, entries);
  }

  private void put(Map<String, Entry> entries, String key, Entry entry) {
    Entry first = entries.putIfAbsent(key, entry);
    if (first != null) {
      String where = "it is in line " + first.keyPlace().line() + " already";
      problems.add(entry.keyPlace(), "the key \"" + key + "\" twice; " + where);
    }
  }

  /** {@code <<: *defaults}: keys of the mapping itself win, then those of the first merged one. */
  private void merge(YamlNode source, Map<String, Entry> merged) {
    if (source instanceof Mapping mapping) {
      mapping.entries().forEach(merged::putIfAbsent);
    } else if (source instanceof Sequence list) {
      list.items().forEach(item -> merge(item, merged));
    } else {
      problems.add(source.place(), "<< merges mappings; this is " + source.kind());
    }
  }

  /** Stops the walk; what follows would only be more of it. */
  private static final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Place place;

    TooLarge(Place place, String message) {
      super(message, null, false, false);
      this.place = place;
    }
  }
}
