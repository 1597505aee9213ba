package io.dealimpact.notebook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dealimpact.report.html.Chart;
import io.dealimpact.report.html.PageParts;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.ScriptableObject;

/**
 * The report's charts as pictures: its library draws them here, without a browser, as SVG that
 * every notebook front end shows and that has the same bytes each time.
 */
final class Drawing {
  private static final int WIDTH = 900;
  private static final String SCRIPT = "chart.js";

  private final ScriptableObject scope;
  private final String palette;

  Drawing() {
    try (Context context = Context.enter()) {
      scope = interpreting(context).initSafeStandardObjects();
      run(context, SCRIPT, PageParts.text(Drawing.class, SCRIPT));
      run(context, "echarts", PageParts.library());
      palette = new ObjectMapper().writeValueAsString(PageParts.light());
    } catch (JsonProcessingException error) {
      throw new UncheckedIOException(error);
    }
  }

  /** The chart, with its description for those who cannot see it. */
  String html(Chart chart) {
    try (Context context = Context.enter()) {
      interpreting(context);
      Function draw = (Function) scope.get("draw", scope);
      Object svg =
          draw.call(
              context, scope, scope, new Object[] {chart.json(), palette, WIDTH, chart.height()});
      return String.format(
          Locale.ROOT,
          "<div role=\"img\" aria-label=\"%s\">%s</div>",
          HtmlTable.escaped(chart.description()),
          Context.toString(svg));
    }
  }

  /** The library is too long for one method of compiled code. */
  private static Context interpreting(Context context) {
    context.setInterpretedMode(true);
    context.setLanguageVersion(Context.VERSION_ES6);
    return context;
  }

  private void run(Context context, String name, String text) {
    context.evaluateString(scope, text, name, 1, null);
  }
}
