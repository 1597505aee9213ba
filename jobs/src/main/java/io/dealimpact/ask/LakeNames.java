package io.dealimpact.ask;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns the names of tables in a query, {@code gold.event_impact} for instance, into the names of
 * temporary views, which have one part: {@code `gold.event_impact`}. So no catalogue that others
 * use has to know the tables. Comments are left out, hints stay.
 *
 * <p>This is no check: what a query may do is decided by {@link QueryCheck}, from the text that
 * comes out of here.
 */
final class LakeNames {
  private static final Pattern TOKEN =
      Pattern.compile(
          """
          (?<text>[rR]'[^']*'|[rR]"[^"]*"|'(?:[^'\\\\]|\\\\.)*'|"(?:[^"\\\\]|\\\\.)*")\
          |(?<line>--[^\\r\\n]*)\
          |(?<comment>/\\*(?!\\+))\
          |(?<name>`(?:[^`]|``)*`|\\w+)\
          |(?<space>\\s+)\
          |(?<other>.)""",
          Pattern.DOTALL);

  private static final Pattern COMMENT_EDGE = Pattern.compile("/\\*|\\*/");

  private final Collection<String> tables;

  /**
   * @param tables names with their layer, in lower case
   */
  LakeNames(Collection<String> tables) {
    this.tables = tables;
  }

  /**
   * A query's text with the names of views.
   *
   * @param named the tables that the query names
   */
  record Rewritten(String text, List<String> named) {}

  Rewritten rewrite(String sql) {
    List<String> tokens = tokens(sql);
    StringBuilder text = new StringBuilder();
    List<String> named = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      String table = i > 0 && tokens.get(i - 1).equals(".") ? "" : tableAt(tokens, i);
      if (table.isEmpty()) {
        text.append(tokens.get(i));
      } else {
        named.add(table);
        text.append('`').append(table).append('`');
        i += 2;
      }
    }
    return new Rewritten(text.toString().strip(), List.copyOf(named));
  }

  private String tableAt(List<String> tokens, int i) {
    if (i + 2 >= tokens.size() || !tokens.get(i + 1).equals(".")) {
      return "";
    }
    String name = plain(tokens.get(i)) + "." + plain(tokens.get(i + 2));
    return tables.contains(name) ? name : "";
  }

  private static String plain(String token) {
    return token.replace("`", "").toLowerCase(Locale.ROOT);
  }

  /** Names, dots and all else in order; a comment is a blank, and there is none around a dot. */
  private static List<String> tokens(String sql) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(sql);
    int at = 0;
    while (at < sql.length() && matcher.find(at)) {
      at = matcher.end();
      String token = matcher.group();
      if (matcher.group("comment") != null) {
        at = endOfComment(sql, at);
        token = " ";
      } else if (matcher.group("line") != null) {
        token = " ";
      }
      if (token.equals(".")) {
        while (!tokens.isEmpty() && tokens.get(tokens.size() - 1).isBlank()) {
          tokens.remove(tokens.size() - 1);
        }
      }
      if (!token.isBlank() || tokens.isEmpty() || !tokens.get(tokens.size() - 1).equals(".")) {
        tokens.add(token);
      }
    }
    return tokens;
  }

  private static int endOfComment(String sql, int start) {
    Matcher edge = COMMENT_EDGE.matcher(sql);
    int depth = 1;
    int at = start;
    while (depth > 0 && edge.find(at)) {
      depth += edge.group().equals("/*") ? 1 : -1;
      at = edge.end();
    }
    return depth == 0 ? at : sql.length();
  }
}
